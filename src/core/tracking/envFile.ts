const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*(.*)$/;

/**
 * The value of a variable in an environment file, as python-dotenv would read it: the last assignment
 * counts, quotes go, a `#` after white space begins a comment. References to other variables stay as they are.
 */
export function readEnvFileVariable(text: string, name: string): string | undefined {
  let value: string | undefined;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const match = ASSIGNMENT.exec(line);
    if (match?.[1] === name) {
      value = unquoted((match[2] ?? '').trim());
    }
  }
  return value;
}

function unquoted(text: string): string {
  const quoted = /^(["'])(.*?)(?<!\\)\1/.exec(text);
  return quoted ? (quoted[2] ?? '') : text.replace(/(^|\s)#.*$/, '').trim();
}
