import { MLFLOW_STORE_METHODS, type MlflowStore } from '../../core/stores/mlflowStore.js';
import type { Call } from './calls.js';

/** A store whose methods are passed on: those that read to `read`, those that write to `write`. */
export function createStoreProxy(
  read: (call: Call) => Promise<unknown>,
  write: (call: Call) => Promise<unknown>,
): MlflowStore {
  const methods = Object.entries(MLFLOW_STORE_METHODS) as [keyof MlflowStore, 'read' | 'write'][];
  const entries = methods.map(([method, kind]) => {
    const send = kind === 'read' ? read : write;
    return [method, (...args: unknown[]) => send({ method, args })];
  });
  return Object.fromEntries(entries) as MlflowStore;
}
