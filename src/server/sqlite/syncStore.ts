import type { MlflowStore } from '../../core/stores/mlflowStore.js';

/** A part of the store that answers at once: what a connection to SQLite is. */
export type Sync<Store> = {
  [Method in keyof Store]: Store[Method] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Awaited<Result>
    : never;
};

/** The whole store, answering at once. */
export type SyncStore = Sync<MlflowStore>;
