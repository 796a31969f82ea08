import {
  l10n,
  NotebookCellData,
  NotebookCellKind,
  type NotebookDocument,
  NotebookEdit,
  NotebookRange,
  Range,
  TabInputNotebook,
  TabInputText,
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
  type TextChange,
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
      await show(script);
    }
  };

  readonly remove = async (target?: unknown): Promise<void> => {
    const script = await chooseScript(target, l10n.t('Remove the tracking line from'));
    if (script && textsOf(script).some(hasTrackingLines)) {
      await workspace.applyEdit(removal(script));
      await show(script);
    } else {
      void inform(l10n.t('There is no tracking line of MLflow Workbench to remove.'));
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
  if (!isNotebook(script)) {
    replaceIn(edit, script, removeTrackingLines(script.getText()));
    return edit;
  }
  const cells = pythonCells(script);
  const gone: NotebookEdit[] = [];
  for (const cell of cells) {
    const source = cell.document.getText();
    const others = cells.filter((each) => each !== cell).map(({ document }) => document.getText());
    const changes = removeTrackingLines(source, others.join('\n'));
    if (changes.length > 0 && apply(source, changes).trim() === '') {
      gone.push(NotebookEdit.deleteCells(new NotebookRange(cell.index, cell.index + 1)));
    } else {
      replaceIn(edit, cell.document, changes);
    }
  }
  if (gone.length > 0) {
    edit.set(script.uri, gone);
  }
  return edit;
}

function replaceIn(edit: WorkspaceEdit, document: TextDocument, changes: readonly TextChange[]): void {
  for (const { start, end, text } of changes) {
    edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(end)), text);
  }
}

function apply(source: string, changes: readonly TextChange[]): string {
  return changes.reduceRight(
    (text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end),
    source,
  );
}

/** The notebook or script that a command is about: what it was called for, the active one, or the one picked. */
async function chooseScript(target: unknown, placeHolder: string): Promise<Script | undefined> {
  const scripts = openScripts();
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

/** Those in tabs: others are open for the sake of some extension only. */
function openScripts(): Script[] {
  const inTabs = window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.flatMap(({ input }) =>
      input instanceof TabInputText || input instanceof TabInputNotebook ? [input.uri.toString()] : [],
    ),
  );
  const scripts: Script[] = [
    ...workspace.notebookDocuments.filter(isPythonNotebook),
    ...workspace.textDocuments.filter(
      ({ languageId, uri }) => languageId === 'python' && uri.scheme === 'file',
    ),
  ];
  return scripts.filter(({ uri }) => inTabs.includes(uri.toString()));
}

/** Shows what was changed: it may lie behind another tab. */
async function show(script: Script): Promise<void> {
  await (isNotebook(script) ? window.showNotebookDocument(script) : window.showTextDocument(script));
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
