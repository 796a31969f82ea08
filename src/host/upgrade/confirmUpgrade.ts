import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { l10n, window } from 'vscode';
import { formatBytes } from '../../core/domain/format.js';
import type { StoreInfo } from '../../core/stores/storeInfo.js';
import { releasesSentence } from '../stores/describeStore.js';
import type { Upgrader } from './chooseMlflow.js';

/** Asks whether a database is to be upgraded: it cannot be taken back but by the backup. */
export async function confirmUpgrade(info: StoreInfo, { mlflow, effect }: Upgrader): Promise<boolean> {
  const upgrade = l10n.t('Upgrade');
  const name = basename(info.path);
  const { size } = await stat(info.path);
  const detail = [
    l10n.t(
      'From: {0}, revision {1}',
      releasesSentence(info) ?? l10n.t('Schema of no known MLflow'),
      info.revision,
    ),
    l10n.t('To: the schema of mlflow {0} in {1}', mlflow.release, mlflow.interpreter),
    l10n.t(
      'Older releases of MLflow cannot open the database afterwards. A backup of it is made first, beside it ({0}). Scripts that log through the tracking server wait meanwhile; end programs that open the database themselves.',
      formatBytes(size),
    ),
    effect.kind === 'beyond'
      ? l10n.t('This MLflow is newer than all that are known here: the database will be read-only here then.')
      : '',
  ];
  const chosen = await window.showWarningMessage(
    l10n.t('Upgrade {0} to the schema of MLflow {1}?', name, mlflow.release),
    { modal: true, detail: detail.filter((line) => line !== '').join('\n\n') },
    upgrade,
  );
  return chosen === upgrade;
}
