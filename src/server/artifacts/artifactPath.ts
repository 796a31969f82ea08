import { invalidParameter } from '../../core/base/errors.js';

const DECODING_ROUNDS = 10;

/**
 * A client's path below an artifact root, checked and in its plain form: names joined by `/`, empty for the root
 * itself. It has been decoded once by whoever read it from the URL. What would leave the root once it were
 * decoded again is refused too: something between the client and us may have encoded it twice.
 * @param platform whose file names must be safe
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function checkedArtifactPath(path: string, platform: NodeJS.Platform = process.platform): string {
  let stage = path;
  for (let round = 0; round < DECODING_ROUNDS; round += 1) {
    if (leavesRoot(stage)) {
      throw invalidParameter('Invalid path');
    }
    const decoded = decodedOnce(stage);
    if (decoded === stage) {
      return checkedNames(path, platform).join('/');
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

/** `text` with its escapes decoded, each by itself, so that one that is wrong does not hide the others. */
export function decodedOnce(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes.replace(/%(..)/g, (_escape, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      );
    }
  });
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

function checkedNames(path: string, platform: NodeJS.Platform): string[] {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  if (platform === 'win32' && names.some(isSpecialOnWindows)) {
    throw invalidParameter('Invalid path');
  }
  return names;
}

/** Names that Windows takes for something else: a stream of a file, a device, or the name without its end. */
function isSpecialOnWindows(name: string): boolean {
  return /[:*"<>|]|[ .]$/.test(name) || /^(con|prn|aux|nul|conin\$|conout\$|com\d|lpt\d)(\.|$)/i.test(name);
}
