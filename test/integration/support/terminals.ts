import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { waitFor } from './waitFor.js';

const WRITE_VARIABLES = `
const fs = require('node:fs');
const file = process.argv[1];
fs.writeFileSync(file + '.part', JSON.stringify(process.env));
fs.renameSync(file + '.part', file);
`;

/** The environment that a new terminal's process gets. */
export async function terminalEnvironment(
  env: Readonly<Record<string, string>> = {},
): Promise<Readonly<Record<string, string>>> {
  const folder = mkdtempSync(join(tmpdir(), 'mlflow-workbench-terminal-'));
  const file = join(folder, 'environment.json');
  const terminal = vscode.window.createTerminal({
    name: 'environment',
    shellPath: process.execPath,
    shellArgs: ['-e', WRITE_VARIABLES, file],
    env: { ELECTRON_RUN_AS_NODE: '1', ...env },
  });
  try {
    await waitFor('the environment of a terminal', () => existsSync(file));
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  } finally {
    terminal.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The environment that a task's process gets. */
export async function taskEnvironment(
  env: Readonly<Record<string, string>> = {},
): Promise<Readonly<Record<string, string>>> {
  const folder = mkdtempSync(join(tmpdir(), 'mlflow-workbench-task-'));
  const file = join(folder, 'environment.json');
  const execution = new vscode.ProcessExecution(process.execPath, ['-e', WRITE_VARIABLES, file], {
    env: { ELECTRON_RUN_AS_NODE: '1', ...env },
  });
  const scope = vscode.workspace.workspaceFolders?.[0] ?? vscode.TaskScope.Workspace;
  const task = new vscode.Task({ type: 'process' }, scope, 'environment', 'tests', execution);
  const running = await vscode.tasks.executeTask(task);
  try {
    await waitFor('the environment of a task', () => existsSync(file));
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  } finally {
    running.terminate();
    rmSync(folder, { recursive: true, force: true });
  }
}
