import { TRACKING_STORE_METHODS, type TrackingStore } from '../../core/stores/trackingStore.js';
import type { Call } from './calls.js';

/** A store whose methods are passed on: those that read to `read`, those that write to `write`. */
export function createStoreProxy(
  read: (call: Call) => Promise<unknown>,
  write: (call: Call) => Promise<unknown>,
): TrackingStore {
  const methods = Object.entries(TRACKING_STORE_METHODS) as [keyof TrackingStore, 'read' | 'write'][];
  const entries = methods.map(([method, kind]) => {
    const send = kind === 'read' ? read : write;
    return [method, (...args: unknown[]) => send({ method, args })];
  });
  return Object.fromEntries(entries) as TrackingStore;
}
