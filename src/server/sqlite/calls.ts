import type { MlflowStore } from '../../core/stores/mlflowStore.js';
import type { SyncStore } from './syncStore.js';

/** One call of a method of the store, as it goes from thread to thread. */
export interface Call {
  readonly method: keyof MlflowStore;
  readonly args: readonly unknown[];
}

/** Makes a call. That arguments fit their method is held by the types on the side that sends it. */
export function invoke(store: SyncStore, { method, args }: Call): unknown {
  const implementation = store[method] as (...values: readonly unknown[]) => unknown;
  return implementation(...args);
}
