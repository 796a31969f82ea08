import { basename, dirname } from 'node:path';
import {
  type CancellationToken,
  commands,
  l10n,
  type Progress,
  ProgressLocation,
  window,
  workspace,
} from 'vscode';
import { messageOf, MlflowError } from '../../core/base/errors.js';
import type { Logger } from '../../core/base/logger.js';
import { knownRevisions, type ServerAway, standAside } from '../../core/client/storeFile.js';
import { Commands } from '../../manifest/commands.js';
import { revealFile } from '../backup/backupCommands.js';
import { pickStore } from '../commands/pickStore.js';
import { warnOfRestrictedMode } from '../commands/trackingCommands.js';
import { inform, showError } from '../platform/notify.js';
import type { MlflowReleases } from '../python/mlflowReleases.js';
import { releasesSentence } from '../stores/describeStore.js';
import type { WorkspaceStore } from '../stores/workspaceStore.js';
import type { WorkspaceStores } from '../stores/workspaceStores.js';
import { chooseMlflow, type Upgrader } from './chooseMlflow.js';
import { confirmUpgrade } from './confirmUpgrade.js';
import { restoreBackup } from './restoreBackup.js';
import { runUpgrade } from './runUpgrade.js';

/** How often, and how long in between, the store is asked whether it is what it should be now. */
const LOOKS = 50;
const LOOK_MS = 200;

/** Has a person's own MLflow upgrade a database, after a backup and while our server stands aside. */
export class UpgradeDatabase {
  constructor(
    private readonly stores: WorkspaceStores,
    private readonly python: MlflowReleases,
    private readonly logger: Logger,
  ) {}

  readonly upgrade = async (node?: unknown): Promise<void> => {
    if (!workspace.isTrusted) {
      await warnOfRestrictedMode();
      return;
    }
    const store = await this.pick(node);
    if (!store) {
      return;
    }
    const { server } = await store.connect();
    const info = server.identity.store;
    const [installed, known] = await Promise.all([
      this.python.allOf(dirname(store.path)),
      knownRevisions(server.uri),
    ]);
    const upgrader = await chooseMlflow(info, installed, known);
    if (upgrader && (await confirmUpgrade(info, upgrader))) {
      await this.run(store, upgrader);
    }
  };

  /** A store that can be upgraded, or that the command was called for. */
  private async pick(node: unknown): Promise<WorkspaceStore | undefined> {
    const outdated = this.stores.stores.filter(({ info }) => info?.isOutdated);
    const store = await pickStore(node, outdated);
    if (store === undefined && outdated.length === 0) {
      await inform(l10n.t('No open store has an older schema that could be upgraded.'));
    }
    return store;
  }

  private async run(store: WorkspaceStore, upgrader: Upgrader): Promise<void> {
    const away = await this.leave(store);
    if (away === undefined) {
      return;
    }
    try {
      const { interpreter, release } = upgrader.mlflow;
      const title = l10n.t('Upgrading {0} by mlflow {1}…', store.name, release);
      await window.withProgress({ location: ProgressLocation.Notification, title }, () =>
        runUpgrade(interpreter, store.path, this.logger),
      );
    } catch (error) {
      away.release();
      this.logger.error(messageOf(error));
      this.offerRestoring(store, away.backup.path, messageOf(error));
      return;
    }
    away.release();
    await whenOther(store);
    void inform(
      l10n.t(
        '{0} is upgraded: {1}. Backup: {2}',
        store.name,
        (store.info && releasesSentence(store.info)) ?? '',
        basename(away.backup.path),
      ),
      { title: l10n.t('Reveal Backup'), run: () => revealFile(away.backup.path) },
    );
  }

  /** Has the server make a backup and let go of the database; undefined where the person does not want to wait. */
  private async leave(store: WorkspaceStore): Promise<ServerAway | undefined> {
    const { server } = await store.connect();
    const title = l10n.t('Backing up {0} before the upgrade…', store.name);
    const work = async (progress: Progress<{ increment: number }>, token: CancellationToken) => {
      const end = new AbortController();
      token.onCancellationRequested(() => end.abort());
      let shown = 0;
      try {
        return await standAside(server.uri, end.signal, (fraction) => {
          progress.report({ increment: 100 * (fraction - shown) });
          shown = fraction;
        });
      } catch (error) {
        if (MlflowError.is(error, 'CANCELLED') || token.isCancellationRequested) {
          return undefined;
        }
        throw error;
      }
    };
    return window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, work);
  }

  private offerRestoring(store: WorkspaceStore, backup: string, message: string): void {
    void showError(
      l10n.t('The upgrade of {0} failed, and may be half done. {1}', store.name, message),
      { title: l10n.t('Restore Backup'), run: () => this.restore(store, backup) },
      { title: l10n.t('Show Output'), run: () => commands.executeCommand(Commands.showOutput) },
    );
  }

  private async restore(store: WorkspaceStore, backup: string): Promise<void> {
    try {
      const { server } = await store.connect();
      const left = await restoreBackup(server.uri, store.path, backup);
      await whenOther(store);
      void inform(
        l10n.t('{0} is as it was before. What the upgrade left is in {1}.', store.name, basename(left)),
      );
    } catch (error) {
      this.logger.error(messageOf(error));
      void showError(l10n.t('The backup {0} was not restored: {1}', backup, messageOf(error)));
    }
  }
}

/** Waits until the server has looked at what is there now, so that what is said next is true. */
async function whenOther(store: WorkspaceStore): Promise<void> {
  const before = JSON.stringify(store.info);
  for (let look = 0; look < LOOKS; look += 1) {
    await store.renew();
    if (JSON.stringify(store.info) !== before && store.info?.backup?.kind !== 'running') {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
