import { l10n, ThemeColor, ThemeIcon } from 'vscode';
import type { Staleness } from '../../../core/domain/runLiveness.js';

/** The icon of a run that is RUNNING by its status only. */
export function staleIcon(): ThemeIcon {
  return new ThemeIcon('debug-disconnect', new ThemeColor('list.warningForeground'));
}

/** Says why a run is stale, and since when. */
export function staleSentence({ kind, since }: Staleness): string {
  const time = new Date(since).toLocaleString();
  return kind === 'gone'
    ? l10n.t('Stale: its status is still RUNNING, but its process ended at {0} without ending the run.', time)
    : l10n.t(
        'Stale: its status is still RUNNING, but nothing has been heard of it since {0}. Whether its process lives cannot be told from here; it may be on another machine.',
        time,
      );
}

/** How many of some runs are stale, behind the name of what holds them. */
export function staleCount(count: number): string {
  return l10n.t('{0} stale', count);
}
