import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { waitFor } from './waitFor.js';

const WRITE_VARIABLES = `
import json, os, sys
with open(sys.argv[1] + ".part", "w") as file:
    json.dump(dict(os.environ), file)
os.rename(sys.argv[1] + ".part", sys.argv[1])
`;

/** The Python of the newest release of MLflow, which has debugpy too. */
function python(): string {
  const path = process.env.INTEGRATION_PYTHON;
  if (path === undefined) throw new Error('INTEGRATION_PYTHON names no Python.');
  return path;
}

/** The environment that a script gets which a debug session starts, by the real debugpy. */
export async function debuggedEnvironment(
  configuration: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, string>>> {
  const folder = mkdtempSync(join(tmpdir(), 'mlflow-workbench-debug-'));
  const script = join(folder, 'variables.py');
  const file = join(folder, 'environment.json');
  writeFileSync(script, WRITE_VARIABLES);
  try {
    await debugScript(script, { ...configuration, args: [file] });
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Debugs a script until its session has ended. */
export async function debugScript(
  program: string,
  configuration: Readonly<Record<string, unknown>>,
): Promise<void> {
  const workspaceFolder = vscode.workspace.workspaceFolders?.[0];
  let ended = false;
  const ending = vscode.debug.onDidTerminateDebugSession(() => (ended = true));
  try {
    const started = await vscode.debug.startDebugging(workspaceFolder, {
      type: 'debugpy',
      request: 'launch',
      name: 'a script',
      python: python(),
      program,
      cwd: workspaceFolder?.uri.fsPath,
      ...configuration,
    });
    if (!started) throw new Error('VS Code did not start the session.');
    await waitFor('the end of the debug session', () => ended, 110_000);
  } finally {
    ending.dispose();
  }
}
