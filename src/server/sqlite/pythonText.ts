/** How many characters Python sees: code points, where JavaScript counts UTF-16 units. */
function characterCount(text: string): number {
  return Array.from(text).length;
}

/** Whether `text` has more than `limit` characters, as Python counts them. */
export function isLongerThan(text: string, limit: number): boolean {
  return text.length > limit && (text.length > 2 * limit || characterCount(text) > limit);
}

/** The first `limit` characters of `text`, as Python counts them. */
export function firstCharacters(text: string, limit: number): string {
  return [...text.slice(0, 2 * limit)].slice(0, limit).join('');
}

/** `value` as Python's json.dumps writes it in MLflow's messages: other than ASCII is escaped. */
export function jsonText(value: unknown): string {
  const text = typeof value === 'bigint' ? String(value) : (JSON.stringify(value) ?? 'null');
  return text.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** `text` as Python's repr writes a string. */
export function pythonRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

/** Python's posixpath.normpath. Unlike Node's, it drops a slash at the end. */
export function normalisedPath(path: string): string {
  if (path === '') {
    return '.';
  }
  const root = path.startsWith('//') && !path.startsWith('///') ? '//' : path.startsWith('/') ? '/' : '';
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') {
      parts.pop();
    } else if (part === '..' ? root === '' : part !== '' && part !== '.') {
      parts.push(part);
    }
  }
  return root + parts.join('/') || '.';
}
