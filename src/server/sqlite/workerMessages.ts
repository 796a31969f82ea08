import { type ErrorCode, MlflowError } from '../../core/base/errors.js';
import type { StoreChange } from '../../core/domain/changes.js';
import type { BackupState, StoreInfo } from '../../core/stores/storeInfo.js';
import type { Call } from './calls.js';
import type { PackedBatch } from './packedCalls.js';
import type { StoreOptions } from './storeOptions.js';

/** Which connection a worker owns: there is one worker of each. */
export type WorkerRole = 'writer' | 'reader';

/** What a worker is started with. */
export interface WorkerSetup {
  readonly role: WorkerRole;
  readonly options: StoreOptions;
}

/** What the HTTP thread sends to a worker. */
export type ToWorker =
  | { readonly kind: 'call'; readonly id: number; readonly call: Call | PackedBatch }
  /** For the writer: whether anybody listens for changes. */
  | { readonly kind: 'watch'; readonly wanted: boolean }
  /** Let go of the file and wait; answered with a result. */
  | { readonly kind: 'leave'; readonly id: number }
  /** Everybody has let go of it. */
  | { readonly kind: 'goOn' }
  /** For the writer: whether backups are wanted from now on. */
  | { readonly kind: 'wantBackups'; readonly wanted: boolean }
  /** For the writer: make a backup; answered with a result. */
  | { readonly kind: 'backUp'; readonly id: number }
  /** For the writer: end the backup that is being made. */
  | { readonly kind: 'endBackup' }
  /** Finish what was asked for, close the database and end. */
  | { readonly kind: 'close' };

/** What a worker sends to the HTTP thread. */
export type FromWorker =
  | { readonly kind: 'ready'; readonly info: StoreInfo }
  | { readonly kind: 'failed'; readonly error: WireError }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: WireError }
  | { readonly kind: 'change'; readonly change: StoreChange }
  | { readonly kind: 'info'; readonly info: StoreInfo }
  /** How it stands with the database's backup. */
  | { readonly kind: 'backup'; readonly state: BackupState | undefined }
  /** The file is not the one that was opened: everybody has to let go of it. */
  | { readonly kind: 'replaced' };

/** An {@link MlflowError} as it crosses threads: structured cloning would lose its class. */
export interface WireError {
  readonly code: ErrorCode;
  readonly message: string;
}

export function toWireError({ code, message }: MlflowError): WireError {
  return { code, message };
}

export function fromWireError({ code, message }: WireError): MlflowError {
  return new MlflowError(code, message);
}
