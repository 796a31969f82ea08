import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { TrackingDecision } from '../../../src/core/tracking/trackingDecision.js';
import { Commands } from '../../../src/manifest/commands.js';
import { extensionParts, workspaceFolder } from './parts.js';
import { waitFor } from './waitFor.js';

/** Waits until the decision for the workspace folder is of this kind. */
export async function decisionOf<K extends TrackingDecision['kind']>(
  kind: K,
): Promise<Extract<TrackingDecision, { kind: K }>> {
  const { decisions } = await extensionParts();
  return waitFor(`the decision "${kind}"`, () => {
    const decision = decisions.all[0]?.decision;
    return decision?.kind === kind && (decision as Extract<TrackingDecision, { kind: K }>);
  });
}

/** Switches tracking on in the workspace folder and returns the address of its store. */
export async function startTracking(): Promise<string> {
  await vscode.commands.executeCommand(Commands.startTracking);
  return (await decisionOf('inject')).uri;
}

/** Switches tracking off and leaves the folder as it was found. */
export async function stopTracking(): Promise<void> {
  await vscode.commands.executeCommand(Commands.stopTracking);
  await decisionOf('off');
  for (const name of [
    'mlflow.db',
    'mlflow.db-wal',
    'mlflow.db-shm',
    'mlruns',
    '.env',
    '.git',
    '.gitignore',
  ]) {
    rmSync(join(workspaceFolder(), name), { recursive: true, force: true });
  }
}
