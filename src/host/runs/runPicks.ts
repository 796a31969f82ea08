import { basename } from 'node:path';
import {
  env,
  l10n,
  type QuickInputButton,
  type QuickPick,
  type QuickPickItem,
  ThemeIcon,
  window,
} from 'vscode';
import { runDescription } from '../../core/explorer/describeRun.js';
import { statusIcon } from '../views/explorer/runStatus.js';
import { type ListedRun, nameOf } from './listedRun.js';
import type { RunOpener } from './runOpener.js';

/** A line of a list of runs; one without a run says something. */
export interface RunItem extends QuickPickItem {
  readonly listed?: ListedRun;
}

const ID_LENGTH_SHOWN = 8;

/** Lists of runs to pick from: Enter opens the run's page, buttons reveal it or copy its id. */
export class RunPicks {
  private readonly revealButton: QuickInputButton = {
    iconPath: new ThemeIcon('list-tree'),
    tooltip: l10n.t('Show in Experiments'),
  };
  private readonly copyButton: QuickInputButton = {
    iconPath: new ThemeIcon('copy'),
    tooltip: l10n.t('Copy Run ID'),
  };

  constructor(
    private readonly opener: RunOpener,
    private readonly facts: {
      /** The metric that runs show; empty for the first one. */
      readonly metric: () => string;
      readonly hasSeveralStores: () => boolean;
    },
  ) {}

  /** A list that is not shown yet. It is disposed when it is closed. */
  create(title: string): QuickPick<RunItem> {
    const pick = window.createQuickPick<RunItem>();
    pick.title = title;
    pick.keepScrollPosition = true;
    pick.onDidTriggerItemButton(({ item, button }) => void this.press(button, item, pick));
    pick.onDidAccept(() => {
      const listed = pick.activeItems[0]?.listed;
      if (listed) {
        pick.hide();
        this.opener.openPage(listed.store, listed.run.info.runId, nameOf(listed.run));
      }
    });
    pick.onDidHide(() => pick.dispose());
    return pick;
  }

  /** Shows runs that do not change any more. */
  show(title: string, runs: readonly ListedRun[]): void {
    const pick = this.create(title);
    pick.items = runs.map((listed) => this.item(listed));
    pick.show();
  }

  item(listed: ListedRun): RunItem {
    const { store, run, experimentName } = listed;
    const { runId, lifecycleStage, status } = run.info;
    const parts = [
      experimentName ?? '',
      runDescription(run, this.facts.metric(), Date.now()),
      runId.slice(0, ID_LENGTH_SHOWN),
      this.facts.hasSeveralStores() ? `${basename(store.folder)}/${store.name}` : '',
      lifecycleStage === 'deleted' ? l10n.t('deleted') : '',
    ];
    return {
      listed,
      label: nameOf(run),
      description: parts.filter((part) => part !== '').join(' · '),
      iconPath: statusIcon(status),
      buttons: [this.revealButton, this.copyButton],
      // The store has chosen already: an id or an address does not stand in the label.
      alwaysShow: true,
    };
  }

  private async press(
    button: QuickInputButton,
    { listed }: RunItem,
    pick: QuickPick<RunItem>,
  ): Promise<void> {
    if (!listed) {
      return;
    }
    const { runId, experimentId } = listed.run.info;
    if (button === this.copyButton) {
      await env.clipboard.writeText(runId);
    } else {
      pick.hide();
      await this.opener.reveal(listed.store, experimentId, runId);
    }
  }
}
