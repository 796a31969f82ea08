import { realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { resolvedLocation } from './artifactLocations.js';
import type { StoreOptions } from './storeOptions.js';

/** What does not change while a store is open. */
export interface StoreSettings {
  /** Where experiments that name no location of their own keep their artifacts, each below its id. */
  readonly artifactRoot: string;
  /** What relative artifact locations are relative to: an absolute path. */
  readonly folder: string;
  /** MLFLOW_TRUNCATE_LONG_VALUES: whether values that are too long are cut, as MLflow does, or refused. */
  readonly truncateLongValues: boolean;
}

/**
 * The settings that `options` come to. A script that is started in the folder of the database uses MLflow's
 * `./mlruns`, which it spells with its working folder, and that has no symbolic links in it.
 */
export function settingsOf(options: StoreOptions): StoreSettings {
  const folder = realFolder(dirname(options.path));
  return {
    folder,
    artifactRoot: resolvedLocation(options.artifactRoot ?? './mlruns', folder),
    truncateLongValues: options.truncateLongValues ?? true,
  };
}

function realFolder(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    return resolve(folder);
  }
}
