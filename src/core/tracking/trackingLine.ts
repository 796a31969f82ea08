/** Ends each line that this extension puts into a script. */
const MARKER = '# by MLflow Workbench';
const IMPORT = 'import mlflow';

/** A stretch of a text and what is to stand there instead. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The two lines that make a script log to `uri`, wherever it is started. */
export function trackingLines(uri: string): readonly string[] {
  return [`${IMPORT}  ${MARKER}`, `mlflow.set_tracking_uri(${JSON.stringify(uri)})  ${MARKER}`];
}

/** Whether Python source imports `mlflow`. */
export function importsMlflow(source: string): boolean {
  return /^[ \t]*(import|from)[ \t]+mlflow\b/m.test(source);
}

/** Whether Python source says itself where it logs to, by lines of ours or by the person's. */
export function namesTrackingUri(source: string): boolean {
  return /\bset_tracking_uri\s*\(|\bMLFLOW_TRACKING_URI\b/.test(source);
}

export function hasTrackingLines(source: string): boolean {
  return markedLines(source).length > 0;
}

/** Puts the lines behind what has to come first in a Python file: its comments, docstring and future imports. */
export function insertTrackingLines(source: string, uri: string): TextChange {
  const newline = source.includes('\r\n') ? '\r\n' : '\n';
  const at = endOfHead(source);
  const open = at > 0 && !source.slice(0, at).endsWith('\n');
  const lines = trackingLines(uri).join(newline) + newline;
  return { start: at, end: at, text: (open ? newline : '') + lines };
}

/**
 * Takes the lines out again. The import stays, without its mark, where the rest still needs it.
 * @param others what runs with `source`: a notebook's other cells
 */
export function removeTrackingLines(source: string, others = ''): TextChange[] {
  const lines = markedLines(source);
  const kept = lines.reduceRight((text, { start, end }) => text.slice(0, start) + text.slice(end), source);
  const rest = `${kept}\n${others}`;
  const keepsImport = /\bmlflow\s*\./.test(rest) && !importsMlflow(rest);
  return lines.map(({ start, end, text }) => {
    const isImport = text.trimStart().startsWith(IMPORT);
    return {
      start,
      end,
      text: isImport && keepsImport ? text.replace(/\s*# by MLflow Workbench[ \t]*/, '') : '',
    };
  });
}

function markedLines(source: string): { start: number; end: number; text: string }[] {
  return [...source.matchAll(/[^\r\n]*(?:\r?\n|$)/g)]
    .filter(([line]) => line.trimEnd().endsWith(MARKER))
    .map((match) => ({ start: match.index, end: match.index + match[0].length, text: match[0] }));
}

/** A comment or blank line; a docstring in three quotes or on one line; a future import, in brackets perhaps. */
const COMMENT = /[ \t]*(?:#[^\n]*)?(?:\n|$)/y;
const DOCSTRING = /[rRuU]?(?:"""[^]*?"""|'''[^]*?'''|"[^"\n]*"|'[^'\n]*')[ \t]*(?:#[^\n]*)?\r?(?:\n|$)/y;
const FUTURE = /from[ \t]+__future__[ \t]+import[ \t]*(?:\([^)]*\)|[^\n(]*)[^\n]*(?:\n|$)/y;

function endOfHead(source: string): number {
  const skip = (pattern: RegExp, at: number): number => {
    pattern.lastIndex = at;
    return at < source.length && pattern.test(source) ? pattern.lastIndex : at;
  };
  const skipAll = (pattern: RegExp, from: number): number => {
    let at = from;
    for (let next = skip(pattern, at); next > at; next = skip(pattern, at)) at = next;
    return at;
  };
  const first = source.startsWith('\uFEFF') ? 1 : 0;
  const comments = skipAll(COMMENT, first);
  const docstring = skip(DOCSTRING, comments);
  let end = docstring;
  for (let next = skip(FUTURE, skipAll(COMMENT, end)); ; next = skip(FUTURE, skipAll(COMMENT, end))) {
    if (next <= skipAll(COMMENT, end)) break;
    end = next;
  }
  // Comments above the first statement belong to it, but for those that a docstring or an import follows.
  return end > comments ? end : skipAll(/#[^\n]*(?:\n|$)/y, first);
}
