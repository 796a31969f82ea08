import {
  l10n,
  NotebookCellData,
  NotebookCellKind,
  type NotebookDocument,
  NotebookEdit,
  NotebookRange,
  Range,
  type TextDocument,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
  type WorkspaceFolder,
} from 'vscode';
import {
  hasTrackingLines,
  insertTrackingLines,
  removeTrackingLines,
  trackingLines,
} from '../../core/tracking/trackingLine.js';
import { inform, warn } from '../platform/notify.js';
import { isPythonNotebook, pythonCells } from '../tracking/pythonNotebook.js';
import { storeUriOf } from '../tracking/uriSources.js';

type Script = NotebookDocument | TextDocument;

/** Putting the line that names a folder's store into a notebook or script, and taking it out. Both can be undone. */
export class TrackingLineCommands {
  readonly insert = async (target?: unknown): Promise<void> => {
    const script = await chooseScript(target, l10n.t('Insert the tracking line into'));
    const folder = script && workspace.getWorkspaceFolder(script.uri);
    if (!script || !folder) {
      void inform(l10n.t('Open a notebook or a Python file of a workspace folder first.'));
      return;
    }
    const uri = await storeUriOf(folder);
    if (uri === undefined) {
      void warn(
        l10n.t('The path of {0} has characters that MLflow cannot take in a line of code.', folder.name),
      );
    } else if (textsOf(script).some(hasTrackingLines)) {
      void inform(l10n.t('{0} has the tracking line already.', nameOf(script)));
    } else {
      await workspace.applyEdit(insertion(script, uri));
    }
  };

  readonly remove = async (target?: unknown): Promise<void> => {
    const script = await chooseScript(target, l10n.t('Remove the tracking line from'));
    const edit = script && removal(script);
    if (edit === undefined || edit.size === 0) {
      void inform(l10n.t('There is no tracking line of MLflow Workbench to remove.'));
    } else {
      await workspace.applyEdit(edit);
    }
  };
}

function insertion(script: Script, uri: string): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  if (isNotebook(script)) {
    const cell = new NotebookCellData(NotebookCellKind.Code, trackingLines(uri).join('\n'), 'python');
    const first = pythonCells(script)[0]?.index ?? script.cellCount;
    edit.set(script.uri, [NotebookEdit.insertCells(first, [cell])]);
  } else {
    const { start, text } = insertTrackingLines(script.getText(), uri);
    edit.insert(script.uri, script.positionAt(start), text);
  }
  return edit;
}

function removal(script: Script): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  const gone: number[] = [];
  for (const document of isNotebook(script) ? pythonCells(script).map((cell) => cell.document) : [script]) {
    const source = document.getText();
    const changes = removeTrackingLines(source);
    const rest = changes.reduceRight(
      (text, { start, end }) => text.slice(0, start) + text.slice(end),
      source,
    );
    if (isNotebook(script) && changes.length > 0 && rest.trim() === '') {
      gone.push(pythonCells(script).find((cell) => cell.document === document)?.index ?? -1);
      continue;
    }
    for (const { start, end, text } of changes) {
      edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(end)), text);
    }
  }
  if (gone.length > 0) {
    const edits = gone.map((index) => NotebookEdit.deleteCells(new NotebookRange(index, index + 1)));
    edit.set(script.uri, edits);
  }
  return edit;
}

/** The notebook or script that a command is about: what it was called for, the active one, or the one picked. */
async function chooseScript(target: unknown, placeHolder: string): Promise<Script | undefined> {
  const scripts: Script[] = [
    ...workspace.notebookDocuments.filter(isPythonNotebook),
    ...workspace.textDocuments.filter(
      ({ languageId, uri }) => languageId === 'python' && uri.scheme === 'file',
    ),
  ];
  const folder = target instanceof Uri ? workspace.getWorkspaceFolder(target) : undefined;
  const asked = target instanceof Uri ? scripts.find(({ uri }) => sameUri(uri, target)) : undefined;
  const active = window.activeNotebookEditor?.notebook ?? window.activeTextEditor?.document;
  const shown = active && scripts.find(({ uri }) => sameUri(uri, active.uri));
  const candidates = scripts.filter(({ uri }) => folder === undefined || inFolder(uri, folder));
  const known = asked ?? (folder === undefined ? shown : undefined);
  if (known || candidates.length <= 1) {
    return known ?? candidates[0];
  }
  const items = candidates.map((script) => ({ label: nameOf(script), script }));
  return (await window.showQuickPick(items, { placeHolder }))?.script;
}

function inFolder(uri: Uri, folder: WorkspaceFolder): boolean {
  return workspace.getWorkspaceFolder(uri)?.uri.toString() === folder.uri.toString();
}

function sameUri(one: Uri, other: Uri): boolean {
  return one.toString() === other.toString();
}

function isNotebook(script: Script): script is NotebookDocument {
  return 'notebookType' in script;
}

function textsOf(script: Script): string[] {
  return isNotebook(script)
    ? pythonCells(script).map(({ document }) => document.getText())
    : [script.getText()];
}

function nameOf({ uri }: Script): string {
  return workspace.asRelativePath(uri);
}
