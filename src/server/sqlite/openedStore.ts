import type { StoreChange } from '../../core/domain/changes.js';
import type { Event } from '../../core/base/event.js';
import type { StoreInfo } from '../../core/stores/storeInfo.js';
import type { MlflowStore } from '../../core/stores/mlflowStore.js';

/** A store on this machine that is open. */
export interface OpenStore {
  readonly store: MlflowStore;
  /** What the store is, as far as is known at the moment. */
  readonly info: () => StoreInfo;
  /** What commits change: our own at once, those of other processes within a moment while anybody listens. */
  readonly onDidChange: Event<StoreChange>;
  /** Waits for what was asked for and lets go of the database. */
  readonly close: () => Promise<void>;
}
