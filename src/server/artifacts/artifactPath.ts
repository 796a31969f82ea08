import { invalidParameter } from '../../core/base/errors.js';

const DECODING_ROUNDS = 10;

/**
 * A client's path below an artifact root, checked and in its plain form: names joined by `/`, empty for the root
 * itself. It has been decoded once by whoever read it from the URL. What would leave the root once it were
 * decoded again is refused too: something between the client and us may have encoded it twice.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function checkedArtifactPath(path: string): string {
  let stage = path;
  for (let round = 0; round < DECODING_ROUNDS; round += 1) {
    if (leavesRoot(stage)) {
      throw invalidParameter('Invalid path');
    }
    const decoded = decodedOnce(stage);
    if (decoded === stage) {
      return namesOf(path).join('/');
    }
    stage = decoded;
  }
  throw invalidParameter('Invalid path');
}

/** A path that names a file: not the root itself, and not a folder by a slash at its end. */
export function checkedFilePath(path: string): string {
  const checked = checkedArtifactPath(path);
  if (checked === '' || path.endsWith('/')) {
    throw invalidParameter('Invalid path');
  }
  return checked;
}

function leavesRoot(path: string): boolean {
  return (
    path.startsWith('/') ||
    // Control characters, another system's separator, and what starts a URI's query or fragment.
    /[\u0000-\u001f\u007f\\#?]/.test(path) ||
    // A drive letter, or a URI instead of a path.
    /^[a-z]:/i.test(path) ||
    /^[a-z][a-z0-9+.-]*:\//i.test(path) ||
    /^file:/i.test(path) ||
    path.split('/').includes('..')
  );
}

function namesOf(path: string): string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.');
}

function decodedOnce(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
