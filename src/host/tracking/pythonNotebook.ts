import { type NotebookCell, NotebookCellKind, type NotebookDocument } from 'vscode';

/** What VS Code calls notebooks of Jupyter. */
export const JUPYTER_NOTEBOOK = 'jupyter-notebook';

export function isPythonNotebook({ notebookType, uri }: NotebookDocument): boolean {
  return notebookType === JUPYTER_NOTEBOOK && uri.scheme === 'file';
}

/** The cells of a notebook with Python in them, in order. */
export function pythonCells(notebook: NotebookDocument): NotebookCell[] {
  return notebook
    .getCells()
    .filter(({ kind, document }) => kind === NotebookCellKind.Code && document.languageId === 'python');
}
