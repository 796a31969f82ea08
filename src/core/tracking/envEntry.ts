import { isWorkbenchUri } from './displayUri.js';
import { assignmentsOf, type EnvAssignment } from './envFile.js';
import { TRACKING_URI_VARIABLE } from './trackingDecision.js';

/** By what an entry of ours is told from the person's own lines: the line above it begins so. */
const MARKER = '# Written by MLflow Workbench';
const MARKER_LINE = `${MARKER}; "MLflow: Remove Tracking URI from .env" takes out these two lines.`;

/** Whether an entry names the database itself or the server before it. */
export type EntryForm = 'sqlite' | 'http';

/** An entry that this extension wrote into an environment file. */
export interface EnvEntry {
  readonly uri: string;
  readonly form: EntryForm;
}

/** What an environment file says of the tracking URI. */
export interface EnvFileReading {
  /** What whoever reads the file gets: the last assignment counts. */
  readonly effective: string | undefined;
  readonly entry: EnvEntry | undefined;
  /** The last assignment that is the person's own, as an entry of ours that was changed is too. */
  readonly theirs: string | undefined;
  /** Whether the file has an entry of ours, changed or of another folder perhaps. */
  readonly marked: boolean;
  /** Whether it has a line that never was ours. */
  readonly unmarked: boolean;
}

/**
 * Reads an environment file.
 * @param storeUri what an entry of the `sqlite` form names in this folder
 */
export function readTrackingUris(text: string, storeUri: string | undefined): EnvFileReading {
  const assignments = assignmentsOf(TRACKING_URI_VARIABLE, text);
  const formOf = (assignment: EnvAssignment): EntryForm | undefined => {
    if (!isMarked(assignment)) return undefined;
    return isWorkbenchUri(assignment.value) ? 'http' : assignment.value === storeUri ? 'sqlite' : undefined;
  };
  const ours = assignments.findLast((each) => formOf(each) !== undefined);
  const form = ours && formOf(ours);
  return {
    effective: assignments.at(-1)?.value,
    entry: ours && form && { uri: ours.value, form },
    theirs: assignments.findLast((each) => formOf(each) === undefined)?.value,
    marked: assignments.some(isMarked),
    unmarked: !assignments.every(isMarked),
  };
}

/** The file with an entry of ours at its end, or with the one that it has naming `uri`. No other byte changes. */
export function withEntry(file: Buffer, uri: string): Buffer {
  const text = file.toString('latin1');
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const line = Buffer.from(`${TRACKING_URI_VARIABLE}=${quoted(uri)}`, 'utf8').toString('latin1');
  const before = lastMarked(text);
  if (before) {
    return Buffer.from(text.slice(0, before.start) + line + text.slice(before.end), 'latin1');
  }
  const added = `${MARKER_LINE}${newline}${line}`;
  // A last line without an end: so is ours then, by which it is known that there was none when it is taken out.
  const open = !/(^|\n|^\u00EF\u00BB\u00BF)$/.test(text);
  return Buffer.from(open ? text + newline + added : text + added + newline, 'latin1');
}

/** The file as it was before {@link withEntry}; the same bytes where it has no entry. */
export function withoutEntry(file: Buffer): Buffer {
  let text = file.toString('latin1');
  for (let entry = lastMarked(text); entry; entry = lastMarked(text)) {
    const before = text.slice(0, entry.above.start);
    const after = text.slice(entry.end);
    const ended = /^\r?\n/.test(after);
    text = ended ? before + after.replace(/^\r?\n/, '') : before.replace(/\r?\n$/, '');
  }
  return Buffer.from(text, 'latin1');
}

type Marked = EnvAssignment & Required<Pick<EnvAssignment, 'above'>>;

function lastMarked(text: string): Marked | undefined {
  return assignmentsOf(TRACKING_URI_VARIABLE, text).findLast(isMarked);
}

function isMarked(assignment: EnvAssignment): assignment is Marked {
  return assignment.above?.text.startsWith(MARKER) === true;
}

/** Quoted only where that is needed: not everything that reads such files takes quotes away. */
function quoted(uri: string): string {
  return /[\s#']/.test(uri) ? `"${uri}"` : uri;
}
