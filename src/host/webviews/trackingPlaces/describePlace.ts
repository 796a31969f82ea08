import { basename } from 'node:path';
import { l10n } from 'vscode';
import type { MlflowDefault, Origin, Place, PlaceKind } from '../../../core/tracking/places.js';
import { STORE_FILE } from '../../stores/workspaceStores.js';

/** What a place is called and its icon. */
export function placeName(kind: PlaceKind): { readonly icon: string; readonly label: string } {
  switch (kind) {
    case 'terminal':
      return { icon: 'terminal', label: l10n.t('Terminals') };
    case 'task':
      return { icon: 'tools', label: l10n.t('Tasks') };
    case 'debugTerminal':
      return { icon: 'debug-alt', label: l10n.t('Debugging in the integrated terminal') };
    case 'debugConsole':
      return { icon: 'debug-console', label: l10n.t('Debugging in the debug console') };
    case 'notebook':
      return { icon: 'notebook', label: l10n.t('Notebooks') };
    case 'test':
      return { icon: 'beaker', label: l10n.t('Test Explorer') };
    case 'outside':
      return { icon: 'window', label: l10n.t('Outside of VS Code') };
  }
}

/** Why a tracking URI is in force in a place, or none is. */
export function whyOf({ kind, origin }: Place): string {
  switch (origin.kind) {
    case 'injected':
      return kind === 'debugConsole'
        ? l10n.t('Given by MLflow Workbench to new sessions.')
        : l10n.t('Given by MLflow Workbench to new ones.');
    case 'environment':
      return l10n.t('Set by the environment that VS Code was started in.');
    case 'terminalSetting':
      return l10n.t('Set by the setting {0}.', origin.setting);
    case 'tasks':
      return l10n.t(
        'Set by {0} for the tasks that say so; nothing is given to others beside it.',
        'tasks.json',
      );
    case 'envFile':
      return envFileSentence(origin);
    case 'default':
      return l10n.t('Nothing sets one here.');
  }
}

function envFileSentence({ path, ours, readBy }: Extract<Origin, { kind: 'envFile' }>): string {
  const name = basename(path);
  if (readBy === 'script') {
    return ours
      ? l10n.t('{0} (written by MLflow Workbench) names it for scripts that load that file.', name)
      : l10n.t('{0} names it for scripts that load that file; for others nothing does.', name);
  }
  return ours ? l10n.t('{0} (written by MLflow Workbench).', name) : l10n.t('Set by {0}.', name);
}

/** What MLflow does where nothing names a tracking URI. */
export function defaultSentence(given: MlflowDefault): string {
  const database = l10n.t("MLflow's default: {0} in the folder that the script starts in", STORE_FILE);
  switch (given) {
    case 'database':
      return database;
    case 'files':
      return l10n.t("MLflow's default: {0} in the folder that the script starts in", 'mlruns');
    case 'unknown':
      return l10n.t('{0}; before MLflow 3.7, mlruns', database);
  }
}
