import { env, l10n, type QuickPickItem, window } from 'vscode';
import { type UpgradeEffect, upgradeEffect } from '../../core/stores/revisions.js';
import type { KnownRevision, StoreInfo } from '../../core/stores/storeInfo.js';
import { warn } from '../platform/notify.js';
import type { InstalledMlflow } from '../python/mlflowReleases.js';

/** An `mlflow` that upgrades a database, and to what. */
export interface Upgrader {
  readonly mlflow: InstalledMlflow;
  readonly effect: Exclude<UpgradeEffect, { kind: 'nothing' }>;
}

const INSTALL = 'pip install --upgrade mlflow';

/** Lets the person choose which `mlflow` upgrades a database; says what to do where none does. */
export async function chooseMlflow(
  info: StoreInfo,
  installed: readonly InstalledMlflow[],
  known: readonly KnownRevision[],
): Promise<Upgrader | undefined> {
  const upgraders = installed.flatMap((mlflow): Upgrader[] => {
    const effect = upgradeEffect(known, info, mlflow.release);
    return effect.kind === 'nothing' || mlflow.isSkinny ? [] : [{ mlflow, effect }];
  });
  if (upgraders.length === 0) {
    // Waits for the person, and so must not hold the command.
    void warn(noneSentence(installed), {
      title: l10n.t('Copy Install Command'),
      run: () => env.clipboard.writeText(INSTALL),
    });
  }
  if (upgraders.length <= 1) {
    return upgraders[0];
  }
  const items = upgraders.map((upgrader): QuickPickItem & { readonly upgrader: Upgrader } => ({
    label: `mlflow ${upgrader.mlflow.release}`,
    description: upgrader.mlflow.interpreter,
    upgrader,
  }));
  const placeHolder = l10n.t('Choose the MLflow that upgrades the database: older ones cannot open it then');
  return (await window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.upgrader;
}

function noneSentence(installed: readonly InstalledMlflow[]): string {
  const [first] = installed;
  if (first === undefined) {
    return l10n.t(
      'An upgrade is done by MLflow itself, and no Python with mlflow was found. Choose an interpreter that has it (setting "mlflowWorkbench.pythonPath"), or install it: {0}',
      INSTALL,
    );
  }
  if (installed.every(({ isSkinny }) => isSkinny)) {
    return l10n.t(
      '{0} has mlflow-skinny only, which cannot upgrade a database. Install the full package: {1}',
      first.interpreter,
      INSTALL,
    );
  }
  return l10n.t(
    'mlflow {0} of {1} is not newer than the database. Upgrade it first: {2}',
    first.release,
    first.interpreter,
    INSTALL,
  );
}
