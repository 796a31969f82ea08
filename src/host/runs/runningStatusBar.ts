import { l10n, MarkdownString, StatusBarAlignment, window } from 'vscode';
import { type Disposable, DisposableStore } from '../../core/base/disposable.js';
import { Commands } from '../../manifest/commands.js';
import { nameOf } from './listedRun.js';
import type { RunningStores } from './runningStores.js';

/** The tooltip names so many runs. */
const NAMED_MAX = 5;

/**
 * Says in the status bar how many runs are running, and nothing where none is. Its icon stands still: a run can take
 * days.
 */
export class RunningStatusBar implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly item = this.disposables.add(
    window.createStatusBarItem('mlflowWorkbench.running', StatusBarAlignment.Left, 9),
  );

  constructor(private readonly running: RunningStores) {
    this.item.name = l10n.t('MLflow Running Runs');
    this.item.command = Commands.showRunningRuns;
    this.disposables.add(running.onDidChange(() => this.show()));
  }

  private show(): void {
    const { runs, hasMore } = this.running;
    if (runs.length === 0) {
      this.item.hide();
      return;
    }
    const count = hasMore ? `${runs.length}+` : String(runs.length);
    const label =
      count === '1' ? l10n.t('MLflow: 1 run is running') : l10n.t('MLflow: {0} runs are running', count);
    const names = runs.slice(0, NAMED_MAX).map(({ run }) => nameOf(run));
    const others = runs.length > NAMED_MAX ? ['…'] : [];
    this.item.text = `$(pulse) ${l10n.t('{0} running', count)}`;
    this.item.tooltip = new MarkdownString().appendText([label, ...names, ...others].join('\n'));
    this.item.accessibilityInformation = { label };
    this.item.show();
  }

  dispose(): void {
    this.disposables.dispose();
  }
}
