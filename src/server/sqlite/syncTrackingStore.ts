import type { TrackingStore } from '../../core/stores/trackingStore.js';

/** A tracking store that answers at once: what a connection to SQLite is. */
export type SyncTrackingStore = {
  [Method in keyof TrackingStore]: (
    ...args: Parameters<TrackingStore[Method]>
  ) => Awaited<ReturnType<TrackingStore[Method]>>;
};
