import { closeSync, fstatSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { isSecret, newSecret } from '../auth/secret.js';

/** Those of a file's mode that let its group or anybody read, write or run it. */
const OTHERS = 0o077;

/**
 * The secret in a file that only its owner can read; a new one where the file is missing.
 * @throws Error where others can read it, or where it holds no secret
 */
export function secretOfFile(path: string): string {
  const secret = newSecret();
  try {
    writeFileSync(path, `${secret}\n`, { flag: 'wx', mode: 0o600, flush: true });
    return secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw error;
    }
  }
  return readSecret(path);
}

/** What is looked at is what is read: the file is opened once. */
function readSecret(path: string): string {
  const file = openSync(path, 'r');
  try {
    if (process.platform !== 'win32' && (fstatSync(file).mode & OTHERS) !== 0) {
      throw new Error(`Others than its owner can use the secret file ${path}. Run: chmod 600 ${path}`);
    }
    const text = readFileSync(file, 'utf8').trim();
    if (!isSecret(text)) {
      throw new Error(
        `The secret file ${path} must hold 32 to 128 letters, digits, - and _. Delete it to get a new one.`,
      );
    }
    return text;
  } finally {
    closeSync(file);
  }
}
