/**
 * Characters of a path that not every release of MLflow, nor everything that reads environment files, takes for
 * themselves: some decode `%20`, `?` begins a query, `$` a reference, and quotes and backslashes need escapes.
 */
const AMBIGUOUS = /[%?$"\\\p{Cc}]/u;

/**
 * The tracking URI by which MLflow opens a database without a server.
 * @param path the database's absolute path
 * @returns undefined where the path has characters that would lead some client to another file
 */
export function sqliteUri(path: string): string | undefined {
  const slashed = /^[a-z]:\\/i.test(path) ? path.replaceAll('\\', '/') : path;
  return AMBIGUOUS.test(slashed) ? undefined : `sqlite:///${slashed}`;
}
