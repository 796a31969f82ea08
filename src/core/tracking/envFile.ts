const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*(.*)$/;
/** A byte order mark, decoded or as single bytes. */
const BOM = /^(\uFEFF|\u00EF\u00BB\u00BF)/;

/** An assignment in an environment file and where its line stands in the text. */
export interface EnvAssignment {
  readonly value: string;
  readonly start: number;
  /** Before the line's end. */
  readonly end: number;
  /** The line above it; absent above the first one. */
  readonly above?: { readonly text: string; readonly start: number };
}

/**
 * The assignments of a variable in an environment file, as python-dotenv reads them: the last one counts, quotes
 * go, a `#` after white space begins a comment. References to other variables stay as they are.
 */
export function assignmentsOf(name: string, text: string): EnvAssignment[] {
  const found: EnvAssignment[] = [];
  let above: EnvAssignment['above'];
  for (const match of text.matchAll(/[^\r\n]*(?:\r?\n|\r|$)/g)) {
    const line = match[0].replace(/[\r\n]+$/, '');
    const end = match.index + line.length;
    const content = match.index === 0 ? line.replace(BOM, '') : line;
    const start = end - content.length;
    const [, assigned, value = ''] = ASSIGNMENT.exec(content) ?? [];
    if (assigned === name) {
      found.push({ value: unquoted(value.trim()), start, end, ...(above && { above }) });
    }
    above = { text: content, start };
  }
  return found;
}

function unquoted(text: string): string {
  const quoted = /^(["'])(.*?)(?<!\\)\1/.exec(text);
  return quoted ? (quoted[2] ?? '') : text.replace(/(^|\s)#.*$/, '').trim();
}
