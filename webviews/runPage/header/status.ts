import type { RunStatus } from '../../../src/core/domain/run.js';
import type { StringKey } from '../../shared/strings.js';

/** How a run's status looks. The class gives the colour; icon and word say the same without it. */
export const STATUS_LOOKS: Readonly<
  Record<RunStatus, { readonly icon: string; readonly word: StringKey; readonly class: string }>
> = {
  RUNNING: { icon: 'sync', word: 'statusRunning', class: 'status-running' },
  SCHEDULED: { icon: 'clock', word: 'statusScheduled', class: 'status-scheduled' },
  FINISHED: { icon: 'pass', word: 'statusFinished', class: 'status-finished' },
  FAILED: { icon: 'error', word: 'statusFailed', class: 'status-failed' },
  KILLED: { icon: 'circle-slash', word: 'statusKilled', class: 'status-killed' },
};
