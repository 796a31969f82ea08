import * as assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { Commands } from '../../src/manifest/commands.js';
import { workspaceFolder } from './support/parts.js';

const call = `mlflow.set_tracking_uri("sqlite:///${join(workspaceFolder(), 'mlflow.db')}")  # by MLflow Workbench`;
const lines = `import mlflow  # by MLflow Workbench\n${call}`;

describe('the tracking line', () => {
  const files: string[] = [];
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    files.splice(0).forEach((file) => rmSync(file));
  });

  function newFile(name: string, text: string): vscode.Uri {
    const file = join(workspaceFolder(), name);
    writeFileSync(file, text);
    files.push(file);
    return vscode.Uri.file(file);
  }

  it('is put into a Python file behind its docstring, once, and can be undone or taken out', async () => {
    const source = '"""Trains."""\nimport mlflow\n\nmlflow.autolog()\n';
    const editor = await vscode.window.showTextDocument(newFile('line.py', source));
    const text = (): string => editor.document.getText();
    const inserted = `"""Trains."""\n${lines}\nimport mlflow\n\nmlflow.autolog()\n`;
    await vscode.commands.executeCommand(Commands.insertTrackingLine);
    assert.equal(text(), inserted);
    await vscode.commands.executeCommand(Commands.insertTrackingLine);
    assert.equal(text(), inserted);
    await vscode.commands.executeCommand('undo');
    assert.equal(text(), source);
    await vscode.commands.executeCommand('redo');
    await vscode.commands.executeCommand(Commands.removeTrackingLine);
    assert.equal(text(), source);
  });

  it('is a cell of its own before the first code of a notebook, and can be taken out', async () => {
    const cell = (type: string, source: string) => ({
      cell_type: type,
      metadata: {},
      source: [source],
      ...(type === 'code' ? { outputs: [], execution_count: null } : {}),
    });
    const cells = [cell('markdown', '# Title'), cell('code', 'import mlflow')];
    const metadata = { language_info: { name: 'python' } };
    const uri = newFile('line.ipynb', JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
    const notebook = await vscode.workspace.openNotebookDocument(uri);
    await vscode.window.showNotebookDocument(notebook);
    const sources = (): string[] => notebook.getCells().map(({ document }) => document.getText());
    await vscode.commands.executeCommand(Commands.insertTrackingLine);
    assert.deepEqual(sources(), ['# Title', lines, 'import mlflow']);
    await vscode.commands.executeCommand(Commands.removeTrackingLine);
    assert.deepEqual(sources(), ['# Title', 'import mlflow']);
  });
});
