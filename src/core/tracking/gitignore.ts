/** What git should not keep of a store: the database with what SQLite puts beside it, and the artifacts. */
const PATTERNS = ['mlflow.db*', 'mlruns/'] as const;

/** Spellings in a `.gitignore` that cover each pattern. */
const COVERED_BY: Readonly<Record<(typeof PATTERNS)[number], RegExp>> = {
  'mlflow.db*': /^(\*\*\/|\/)?(mlflow\.db\*|mlflow\*|\*\.db\*|mlflow\.\*)$/,
  'mlruns/': /^(\*\*\/|\/)?mlruns(\/(\*\*?)?)?$/,
};

/** The lines that a `.gitignore` lacks for a store to be left out of git. */
export function missingGitignoreLines(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  if (lines.includes('*') || lines.includes('/*')) {
    return [];
  }
  return PATTERNS.filter((pattern) => !lines.some((line) => COVERED_BY[pattern].test(line)));
}

/** Whether a line of a `.gitignore` beside it leaves a file out of git, as far as plain patterns go. */
export function ignoresFile(text: string, name: string): boolean {
  return text.split(/\r?\n/).some((line) => {
    const pattern = line.trim().replace(/^(\*\*\/|\/)/, '');
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return pattern !== '' && new RegExp(`^${source}$`).test(name);
  });
}

/** `text` with the missing lines at its end, in the file's own line ending. */
export function withGitignoreLines(
  text: string,
  missing: readonly string[],
  heading = "MLflow's local store",
): string {
  if (missing.length === 0) {
    return text;
  }
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const start = text === '' || text.endsWith('\n') ? text : text + newline;
  const gap = text === '' ? '' : newline;
  return `${start}${gap}# ${heading}${newline}${missing.join(newline)}${newline}`;
}
