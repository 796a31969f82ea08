import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new secret: 32 random bytes in a form that can stand in a path. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Whether a text from a file can be a secret: long enough that nobody guesses it, and fit to stand in a path. */
export function isSecret(text: unknown): text is string {
  return typeof text === 'string' && /^[A-Za-z0-9_-]{32,128}$/.test(text);
}

/** Compares without telling by its time how much was right, the length included. */
export function isSameSecret(given: string, secret: string): boolean {
  return timingSafeEqual(digest(given), digest(secret));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
