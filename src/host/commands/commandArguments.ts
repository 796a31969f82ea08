import type { Uri } from 'vscode';
import type { Commands } from '../../manifest/commands.js';

/**
 * What each command may be called with: a node of the explorer from its menus, or nothing from the palette.
 * Handlers check nodes by their class, so anything else is as good as nothing.
 */
export interface CommandArguments {
  readonly [Commands.startTracking]: [node?: unknown];
  readonly [Commands.stopTracking]: [node?: unknown];
  readonly [Commands.openStore]: [];
  readonly [Commands.closeStore]: [node?: unknown];
  readonly [Commands.createSampleProject]: [target?: Uri];
  readonly [Commands.addToGitignore]: [];
  readonly [Commands.showTrackingStatus]: [];
  readonly [Commands.showTrackingPlaces]: [];
  readonly [Commands.writeEnvEntry]: [node?: unknown];
  readonly [Commands.removeEnvEntry]: [node?: unknown];
  readonly [Commands.insertTrackingLine]: [target?: unknown];
  readonly [Commands.removeTrackingLine]: [target?: unknown];
  readonly [Commands.coverNotebook]: [notebook?: unknown];
  readonly [Commands.showOutput]: [];
  readonly [Commands.refresh]: [node?: unknown];
  readonly [Commands.retry]: [];
  readonly [Commands.loadMore]: [];
  readonly [Commands.chooseMetric]: [];
  readonly [Commands.openRun]: [node?: unknown];
  readonly [Commands.openArtifact]: [node?: unknown];
  readonly [Commands.copyRunId]: [node?: unknown];
  readonly [Commands.copyValue]: [node?: unknown];
  /** The second is the whole selection, where the node is one of several. */
  readonly [Commands.setRunFailed]: [node?: unknown, selection?: unknown];
  readonly [Commands.setRunKilled]: [node?: unknown, selection?: unknown];
  readonly [Commands.setStaleRuns]: [node?: unknown];
  readonly [Commands.findRun]: [text?: unknown];
  readonly [Commands.showRunningRuns]: [];
  readonly [Commands.copyTrackingUri]: [node?: unknown];
  readonly [Commands.aboutDatabase]: [node?: unknown];
  readonly [Commands.upgradeDatabase]: [node?: unknown];
  readonly [Commands.revealBackup]: [node?: unknown];
  readonly [Commands.deleteBackup]: [node?: unknown];
}
