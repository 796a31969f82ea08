import {
  EventEmitter,
  l10n,
  type NotebookCell,
  NotebookCellStatusBarAlignment,
  NotebookCellStatusBarItem,
  type NotebookCellStatusBarItemProvider,
  notebooks,
  workspace,
} from 'vscode';
import { type Disposable, DisposableStore } from '../../core/base/disposable.js';
import { importsMlflow, namesTrackingUri } from '../../core/tracking/trackingLine.js';
import { Commands } from '../../manifest/commands.js';
import type { WorkspaceMemory } from '../platform/workspaceMemory.js';
import type { TrackedFolders } from './trackedFolders.js';
import type { TrackingDecisions } from './trackingDecisions.js';
import { JUPYTER_NOTEBOOK, pythonCells } from './pythonNotebook.js';

/**
 * Says below the cell that imports `mlflow`, in a notebook of a tracked folder, that its kernel gets no tracking URI,
 * and leads to what can be done. Known to VS Code only while some folder is tracked.
 */
export class NotebookHint implements Disposable, NotebookCellStatusBarItemProvider {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new EventEmitter<void>());
  private provider: Disposable | undefined;
  readonly onDidChangeCellStatusBarItems = this.changed.event;

  constructor(
    private readonly tracked: TrackedFolders,
    private readonly decisions: TrackingDecisions,
    private readonly memory: WorkspaceMemory,
  ) {
    this.disposables.add(tracked.onDidChange(() => this.register()));
    this.disposables.add(decisions.onDidChange(() => this.changed.fire()));
    this.register();
  }

  provideCellStatusBarItems(cell: NotebookCell): NotebookCellStatusBarItem | undefined {
    const { notebook } = cell;
    const cells = pythonCells(notebook);
    const first = cells.find(({ document }) => importsMlflow(document.getText()));
    if (first !== cell || cells.some(({ document }) => namesTrackingUri(document.getText()))) {
      return undefined;
    }
    if (this.isCovered(cell)) {
      return undefined;
    }
    const text = `$(circle-slash) ${l10n.t('MLflow: this kernel has no tracking URI')}`;
    const item = new NotebookCellStatusBarItem(text, NotebookCellStatusBarAlignment.Left);
    item.tooltip = l10n.t('Make this notebook log to the store of its folder…');
    item.command = {
      command: Commands.coverNotebook,
      title: l10n.t('Choose How'),
      arguments: [notebook.uri],
    };
    return item;
  }

  /** Whether its kernel gets an address, or nobody wants to be told. */
  private isCovered({ notebook }: NotebookCell): boolean {
    const folder = workspace.getWorkspaceFolder(notebook.uri);
    const tracking = this.decisions.all.find((each) => each.folder === folder);
    const declined = this.memory.get('notebookHint.declined');
    return (
      tracking?.decision.kind !== 'inject' ||
      tracking.entry !== undefined ||
      declined.includes(tracking.folder.uri.toString())
    );
  }

  /** Shows it no more in this folder. */
  async decline(folder: string): Promise<void> {
    await this.memory.toggle('notebookHint.declined', folder, true);
    this.changed.fire();
  }

  private register(): void {
    if (this.tracked.open.length === 0) {
      this.provider?.dispose();
      this.provider = undefined;
    } else {
      this.provider ??= notebooks.registerNotebookCellStatusBarItemProvider(JUPYTER_NOTEBOOK, this);
    }
  }

  dispose(): void {
    this.provider?.dispose();
    this.disposables.dispose();
  }
}
