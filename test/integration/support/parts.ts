import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionParts } from '../../../src/host/compositionRoot.js';
import { extensionUnderTest } from '../extension.js';

/** The parts of the running extension that VS Code's API does not show. */
export async function extensionParts(): Promise<ExtensionParts> {
  const parts = (await extensionUnderTest().activate()) as ExtensionParts | undefined;
  assert.ok(parts, 'The extension does not know that it is being tested.');
  return parts;
}

/** Path of the workspace folder. */
export function workspaceFolder(): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder);
  return folder.uri.fsPath;
}
