import type { RunStatus } from '../../../src/core/domain/run.js';
import type { StringKey } from '../../shared/strings.js';

interface StatusLook {
  readonly icon: string;
  readonly word: StringKey;
  readonly class: string;
}

/** How a run looks whose status is RUNNING and which is not believed to be. */
export const STALE_LOOK: StatusLook = {
  icon: 'debug-disconnect',
  word: 'statusStale',
  class: 'status-stale',
};

/** How a run's status looks. The class gives the colour; icon and word say the same without it. */
export const STATUS_LOOKS: Readonly<Record<RunStatus, StatusLook>> = {
  RUNNING: { icon: 'sync', word: 'statusRunning', class: 'status-running' },
  SCHEDULED: { icon: 'clock', word: 'statusScheduled', class: 'status-scheduled' },
  FINISHED: { icon: 'pass', word: 'statusFinished', class: 'status-finished' },
  FAILED: { icon: 'error', word: 'statusFailed', class: 'status-failed' },
  KILLED: { icon: 'circle-slash', word: 'statusKilled', class: 'status-killed' },
};
