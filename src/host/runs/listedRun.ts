import type { Run } from '../../core/domain/run.js';
import type { WorkspaceStore } from '../stores/workspaceStore.js';

/** A run as lists of several stores show it. */
export interface ListedRun {
  readonly store: WorkspaceStore;
  readonly run: Run;
  /** Undefined where the experiment is not known by name. */
  readonly experimentName: string | undefined;
}

/** What a run is called: its name, else its id. */
export function nameOf({ info }: Run): string {
  return info.runName || info.runId;
}
