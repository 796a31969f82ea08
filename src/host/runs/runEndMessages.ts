import { l10n, window } from 'vscode';
import { type Disposable, DisposableStore } from '../../core/base/disposable.js';
import { runDuration } from '../../core/explorer/describeRun.js';
import { countByStatus, Gathering, isWorthTelling, runEndChoice } from '../../core/runs/runEnds.js';
import { inform, warn } from '../platform/notify.js';
import type { Settings } from '../platform/settings.js';
import type { RunPages } from '../webviews/runPage/runPages.js';
import { type ListedRun, nameOf } from './listedRun.js';
import type { RunningStores } from './runningStores.js';
import type { RunOpener } from './runOpener.js';
import type { RunPicks } from './runPicks.js';

export interface RunEndOptions {
  readonly running: RunningStores;
  readonly settings: Settings;
  readonly pages: RunPages;
  readonly opener: RunOpener;
  readonly picks: RunPicks;
}

/** Tells of runs that end, as the setting says: one message for what ends at about the same time. */
export class RunEndMessages implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly gathering = this.disposables.add(
    new Gathering<ListedRun>((ended) => void this.tell(ended)),
  );

  constructor(private readonly options: RunEndOptions) {
    this.disposables.add(
      options.running.onDidEnd((ended) =>
        this.gathering.add(ended.filter((each) => this.isWorthTelling(each))),
      ),
    );
  }

  private isWorthTelling({ store, run }: ListedRun): boolean {
    const { settings, running, pages } = this.options;
    const choice = runEndChoice(settings.get('mlflowWorkbench.notifications.runEnd'));
    // Who looks at the page sees it there.
    const isSeen = window.state.focused && pages.isVisible(store, run.info.runId);
    return !isSeen && isWorthTelling(run, choice, (runId) => running.isRunning(store, runId));
  }

  private async tell(ended: readonly ListedRun[]): Promise<void> {
    const counts = countByStatus(ended.map(({ run }) => run));
    const show = counts.FAILED > 0 ? warn : inform;
    const [only, ...others] = ended;
    if (only !== undefined && others.length === 0) {
      const { store, run } = only;
      const open = (): void => this.options.opener.openPage(store, run.info.runId, nameOf(run));
      await show(sentence(only), { title: l10n.t('Open Run'), run: open });
      return;
    }
    const title = l10n.t('Runs That Ended');
    await show(summary(counts), {
      title: l10n.t('Show'),
      run: () => this.options.picks.show(title, ended),
    });
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

function sentence({ run, experimentName }: ListedRun): string {
  const experiment = experimentName ?? run.info.experimentId;
  const values = [nameOf(run), experiment, runDuration(run, Date.now()) ?? '?'] as const;
  switch (run.info.status) {
    case 'FAILED':
      return l10n.t('Run "{0}" in "{1}" failed after {2}.', ...values);
    case 'KILLED':
      return l10n.t('Run "{0}" in "{1}" was killed after {2}.', ...values);
    default:
      return l10n.t('Run "{0}" in "{1}" finished after {2}.', ...values);
  }
}

function summary({
  FINISHED: finished,
  FAILED: failed,
  KILLED: killed,
}: ReturnType<typeof countByStatus>): string {
  const parts = [
    finished === 0 ? '' : finished === 1 ? l10n.t('1 run finished') : l10n.t('{0} runs finished', finished),
    failed === 0 ? '' : finished > 0 ? l10n.t('{0} failed', failed) : l10n.t('{0} runs failed', failed),
    killed === 0
      ? ''
      : finished + failed > 0
        ? l10n.t('{0} killed', killed)
        : l10n.t('{0} runs killed', killed),
  ];
  return l10n.t('{0}.', parts.filter((part) => part !== '').join(', '));
}
