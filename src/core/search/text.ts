/**
 * Orders texts as SQLite's BINARY collation does, by their UTF-8 bytes, which is by code point. JavaScript's
 * `<` goes by UTF-16 units and puts U+1F600 before U+FF21.
 */
export function compareText(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at += 1) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) {
      return surrogatesLast(left) - surrogatesLast(right);
    }
  }
  return a.length - b.length;
}

/** Moves the halves of code points above U+FFFF above every other unit. */
function surrogatesLast(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** `text` with the letters A to Z in lower case: all that SQLite's lower() and so MLflow's ILIKE know. */
export function asciiLower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/**
 * Whether `text` is like `pattern` as SQLite sees it with `case_sensitive_like` on: `%` is any text, `_` any
 * one character, and nothing escapes them. Takes (length of the text) x (length of the pattern) steps at most.
 */
export function isLike(text: string, pattern: string): boolean {
  const characters = [...text];
  const wanted = [...pattern];
  let at = 0;
  let next = 0;
  let afterPercent = -1;
  let resumeAt = 0;
  while (at < characters.length) {
    if (wanted[next] === '%') {
      next += 1;
      afterPercent = next;
      resumeAt = at;
    } else if (wanted[next] === '_' || wanted[next] === characters[at]) {
      next += 1;
      at += 1;
    } else if (afterPercent >= 0) {
      resumeAt += 1;
      at = resumeAt;
      next = afterPercent;
    } else {
      return false;
    }
  }
  return wanted.slice(next).every((character) => character === '%');
}
