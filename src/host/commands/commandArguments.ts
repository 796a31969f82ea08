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
  readonly [Commands.showOutput]: [];
  readonly [Commands.refresh]: [node?: unknown];
  readonly [Commands.retry]: [];
  readonly [Commands.loadMore]: [];
  readonly [Commands.chooseMetric]: [];
  readonly [Commands.openRun]: [node?: unknown];
  readonly [Commands.openArtifact]: [node?: unknown];
  readonly [Commands.copyRunId]: [node?: unknown];
  readonly [Commands.copyValue]: [node?: unknown];
  readonly [Commands.copyTrackingUri]: [node?: unknown];
  readonly [Commands.aboutDatabase]: [node?: unknown];
  readonly [Commands.upgradeDatabase]: [node?: unknown];
  readonly [Commands.revealBackup]: [node?: unknown];
  readonly [Commands.deleteBackup]: [node?: unknown];
}
