import { MlflowError, messageOf } from '../../core/base/errors.js';
import { isDiskFull, isForbidden, isWritable } from './fileSystems.js';

/** SQLite's primary result codes that are told apart here. */
const RESULT = {
  busy: 5,
  locked: 6,
  outOfMemory: 7,
  readOnly: 8,
  interrupted: 9,
  inputOutput: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  constraint: 19,
  notADatabase: 26,
} as const;

/** SQLITE_CONSTRAINT_UNIQUE and _PRIMARYKEY. */
const UNIQUE_VIOLATIONS = [2067, 1555];

/** SQLITE_IOERR_WRITE, _FSYNC, _DIR_FSYNC, _TRUNCATE, _SHMSIZE: a quota, or a disk that fails. */
const WRITE_FAILURES = [778, 1034, 1290, 1546, 4874];

/** Errors after which SQLite may have rolled back the whole transaction, not the statement alone. */
const ENDS_TRANSACTION: readonly number[] = [
  RESULT.busy,
  RESULT.outOfMemory,
  RESULT.interrupted,
  RESULT.inputOutput,
  RESULT.corrupt,
  RESULT.full,
  RESULT.readOnly,
  RESULT.notADatabase,
];

/** The extended result code of an error of node:sqlite; undefined for any other error. */
function extendedCode(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode
    : undefined;
}

function primaryCode(error: unknown): number | undefined {
  const code = extendedCode(error);
  return code === undefined ? undefined : code & 0xff;
}

/** Whether another connection holds the lock that was wanted, so that trying again later helps. */
export function isBusy(error: unknown): boolean {
  const code = codeBehind(error);
  return code === RESULT.busy || code === RESULT.locked;
}

/** Whether the file does not hold what a database holds. */
export function isDamage(error: unknown): boolean {
  const code = codeBehind(error);
  return code === RESULT.corrupt || code === RESULT.notADatabase;
}

function codeBehind(error: unknown): number | undefined {
  return primaryCode(error instanceof MlflowError ? error.cause : error);
}

/** Whether SQLite could not make the files that it wants beside a database. */
export function lacksCompanions(error: unknown): boolean {
  const code = primaryCode(error);
  return code === RESULT.cannotOpen || code === RESULT.readOnly;
}

export function isUniqueViolation(error: unknown): boolean {
  const code = extendedCode(error);
  return code !== undefined && UNIQUE_VIOLATIONS.includes(code);
}

/** Whether the transaction in which this happened cannot go on. */
export function endsTransaction(error: unknown): boolean {
  const code = primaryCode(error);
  return code !== undefined && ENDS_TRANSACTION.includes(code);
}

/** `error` as the API answers it. What SQLite refuses gets the code that MLflow gives it. */
export function toMlflowError(error: unknown, databasePath: string): MlflowError {
  if (error instanceof MlflowError) {
    return error;
  }
  const message = messageOf(error);
  const code = primaryCode(error);
  const about = (code: MlflowError['code'], text: string): MlflowError =>
    new MlflowError(code, text, { cause: error });
  switch (code === RESULT.inputOutput && isDiskFull(databasePath) ? RESULT.full : code) {
    case undefined:
      return withoutCode(error, databasePath);
    case RESULT.busy:
    case RESULT.locked:
      return about('TEMPORARILY_UNAVAILABLE', `The database ${databasePath} is locked by another process.`);
    case RESULT.full:
      return about('RESOURCE_EXHAUSTED', `The disk that holds ${databasePath} is full; nothing was written.`);
    case RESULT.readOnly:
      return about('PERMISSION_DENIED', `The database ${databasePath} cannot be written: ${message}.`);
    case RESULT.corrupt:
      return about(
        'BAD_REQUEST',
        `The database ${databasePath} is damaged: ${message}. Restore a backup of it.`,
      );
    case RESULT.notADatabase:
      return about('BAD_REQUEST', `${databasePath} is not an SQLite database.`);
    case RESULT.inputOutput:
      return about(
        'INTERNAL_ERROR',
        WRITE_FAILURES.includes(extendedCode(error) ?? 0)
          ? `The database ${databasePath} could not be written, and nothing was: ${message}. Is there a quota?`
          : `The database ${databasePath} cannot be read or written: ${message}.`,
      );
    case RESULT.cannotOpen:
      return about(
        isWritable(databasePath) ? 'INTERNAL_ERROR' : 'PERMISSION_DENIED',
        `The database ${databasePath} cannot be opened, made or written: ${message}.`,
      );
    case RESULT.constraint:
    default:
      return about('BAD_REQUEST', `The database refused the request: ${message}`);
  }
}

/** What did not come from SQLite: from the file system, from node:sqlite, or from a mistake of ours. */
function withoutCode(error: unknown, databasePath: string): MlflowError {
  const message = messageOf(error);
  if (isForbidden(error)) {
    const text = `The database ${databasePath} cannot be read or written: ${message}.`;
    return new MlflowError('PERMISSION_DENIED', text, { cause: error });
  }
  return isRefusedValue(error)
    ? new MlflowError('INVALID_PARAMETER_VALUE', message, { cause: error })
    : new MlflowError('INTERNAL_ERROR', `The store failed: ${message}`, { cause: error });
}

/** Whether node:sqlite refused to bind a value, such as an integer beyond 64 bits. */
function isRefusedValue(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ERR_INVALID_ARG_VALUE' || error.code === 'ERR_INVALID_ARG_TYPE')
  );
}
