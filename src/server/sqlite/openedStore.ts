import type { StoreChange } from '../../core/domain/changes.js';
import type { Event } from '../../core/base/event.js';
import type { Backup, StoreInfo } from '../../core/stores/storeInfo.js';
import type { MlflowStore } from '../../core/stores/mlflowStore.js';

/** The file of a store, as a whole. */
export interface StoreFile {
  /** Whether a backup is made before the first write to a database that was not made here, from now on. */
  wantBackups(wanted: boolean): void;
  /**
   * Makes a backup of the database now, or waits for the one that is being made.
   * @throws MlflowError
   */
  backUp(): Promise<Backup>;
  /** Ends a backup that is being made. */
  endBackup(): void;
  /** Lets go of the database until the result is called. Whoever asks for something meanwhile waits, up to a bound. */
  standAside(): Promise<() => void>;
}

/** A store on this machine that is open. */
export interface OpenStore {
  readonly store: MlflowStore;
  /** What the store is, as far as is known at the moment. */
  readonly info: () => StoreInfo;
  readonly file: StoreFile;
  /** What commits change: our own at once, those of other processes within a moment, as "everything". */
  readonly onDidChange: Event<StoreChange>;
  /** Waits for what was asked for and lets go of the database. */
  readonly close: () => Promise<void>;
}
