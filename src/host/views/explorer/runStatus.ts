import { l10n, ThemeColor, ThemeIcon } from 'vscode';
import type { RunStatus } from '../../../core/domain/run.js';

/** The icon of a run's status, in the theme's colours. */
export function statusIcon(status: RunStatus): ThemeIcon {
  switch (status) {
    case 'RUNNING':
      return new ThemeIcon('sync~spin', new ThemeColor('charts.blue'));
    case 'SCHEDULED':
      return new ThemeIcon('watch', new ThemeColor('testing.iconQueued'));
    case 'FINISHED':
      return new ThemeIcon('pass', new ThemeColor('testing.iconPassed'));
    case 'FAILED':
      return new ThemeIcon('error', new ThemeColor('testing.iconFailed'));
    case 'KILLED':
      return new ThemeIcon('circle-slash', new ThemeColor('testing.iconSkipped'));
  }
}

/** The status in a word. */
export function statusLabel(status: RunStatus): string {
  switch (status) {
    case 'RUNNING':
      return l10n.t('running');
    case 'SCHEDULED':
      return l10n.t('scheduled');
    case 'FINISHED':
      return l10n.t('finished');
    case 'FAILED':
      return l10n.t('failed');
    case 'KILLED':
      return l10n.t('killed');
  }
}
