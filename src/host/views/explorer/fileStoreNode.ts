import { basename } from 'node:path';
import { l10n, ThemeIcon } from 'vscode';
import type { ExplorerNode } from './explorerNode.js';
import { MessageNode } from './messageNode.js';

/** The command that MLflow itself has for moving a file store into a database. */
export const MIGRATE_COMMAND = 'mlflow migrate-filestore --source mlruns --target sqlite:///mlflow.db';

/** Says that a folder's runs are in MLflow's older file store, which is not read yet. */
export function fileStoreNode(folder: string): ExplorerNode {
  return new MessageNode(`mlruns:${folder}`, undefined, {
    label: `${basename(folder)}/mlruns`,
    description: l10n.t('file store: not read yet'),
    tooltip: l10n.t(
      'These runs are in MLflow\'s older file store, which this version does not read; that comes later. MLflow 3.10 and later can move them into a database with "{0}".',
      MIGRATE_COMMAND,
    ),
    icon: new ThemeIcon('archive'),
  });
}
