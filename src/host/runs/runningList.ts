import { l10n } from 'vscode';
import { DisposableStore } from '../../core/base/disposable.js';
import type { ListedRun } from './listedRun.js';
import type { RunItem, RunPicks } from './runPicks.js';
import type { RunningStores } from './runningStores.js';

/** The list of the running runs, which follows them while it is open. */
export class RunningList {
  constructor(
    private readonly running: RunningStores,
    private readonly picks: RunPicks,
  ) {}

  readonly show = (): void => {
    const pick = this.picks.create(l10n.t('Running Runs'));
    const rows = new Map<string, ListedRun>();
    const put = (runs: readonly ListedRun[]): void =>
      runs.forEach((listed) => rows.set(keyOf(listed), listed));
    const draw = (): void => {
      put(this.running.runs);
      const active = pick.activeItems[0]?.listed;
      pick.items = [...rows.values()].map((listed): RunItem => this.picks.item(listed));
      // Items are new ones: what was active stays so.
      const same = pick.items.filter(({ listed }) => active && listed && keyOf(listed) === keyOf(active));
      if (same.length > 0) pick.activeItems = same;
    };
    const subscriptions = new DisposableStore();
    subscriptions.add(this.running.onDidChange(draw));
    // What ends stays in its place, so that nobody picks the line that moved up.
    subscriptions.add(this.running.onDidEnd(put));
    pick.onDidHide(() => subscriptions.dispose());
    pick.placeholder =
      this.running.runs.length === 0 ? l10n.t('No run is running') : l10n.t('Choose a run to open its page');
    draw();
    pick.show();
  };
}

function keyOf({ store, run }: ListedRun): string {
  return `${store.key}/${run.info.runId}`;
}
