import { dirname } from 'node:path';
import { type ExtensionContext, type LogOutputChannel, Uri, window, workspace } from 'vscode';
import { type Disposable, DisposableStore } from '../core/base/disposable.js';
import type { Logger } from '../core/base/logger.js';
import { identify } from '../core/client/identify.js';
import { isFile } from './platform/files.js';
import { ArtifactFileSystem } from './artifacts/artifactFileSystem.js';
import { BACKUP } from '../manifest/settings.js';
import { ARTIFACT_SCHEME } from '../manifest/schemes.js';
import { BackupCommands } from './backup/backupCommands.js';
import { BackupNotices } from './backup/backupNotices.js';
import { AboutDatabase } from './commands/aboutDatabase.js';
import { type CommandHandlers, CommandRegistry } from './commands/commandRegistry.js';
import { GitignoreCommands } from './commands/gitignoreCommands.js';
import { NodeCommands } from './commands/nodeCommands.js';
import { SampleProject } from './commands/sampleProject.js';
import { StatusCommand } from './commands/statusCommand.js';
import { StoreCommands } from './commands/storeCommands.js';
import { TrackingCommands } from './commands/trackingCommands.js';
import { Settings } from './platform/settings.js';
import { TerminalEnvironment } from './platform/terminalEnvironment.js';
import { WorkspaceMemory } from './platform/workspaceMemory.js';
import { MlflowReleases } from './python/mlflowReleases.js';
import { PythonInterpreters } from './python/pythonInterpreters.js';
import { LocalServers } from './servers/localServers.js';
import { REST_CLIENTS } from './stores/restClients.js';
import { WorkspaceStores } from './stores/workspaceStores.js';
import { TrackedFolders } from './tracking/trackedFolders.js';
import { TrackingDecisions } from './tracking/trackingDecisions.js';
import { TrackingStatusBar } from './tracking/trackingStatusBar.js';
import { UpgradeDatabase } from './upgrade/upgradeDatabase.js';
import { ExplorerTree } from './views/explorer/explorerTree.js';
import { ExplorerView } from './views/explorer/explorerView.js';
import { RunPages } from './webviews/runPage/runPages.js';

/** What features are made of. */
interface Foundation {
  readonly context: ExtensionContext;
  readonly output: LogOutputChannel;
  readonly settings: Settings;
  readonly memory: WorkspaceMemory;
  readonly python: MlflowReleases;
  readonly tracked: TrackedFolders;
  readonly stores: WorkspaceStores;
  readonly backups: BackupNotices;
  readonly decisions: TrackingDecisions;
}

/** What cannot be seen through VS Code's own API. */
export interface ExtensionParts {
  readonly explorer: ExplorerTree;
  readonly decisions: TrackingDecisions;
}

/**
 * Builds the extension: everything is made here and gets what it needs through its constructor. Making it
 * opens no database, no port and no process; that waits for a tracked folder or an expanded store.
 */
export function composeExtension(context: ExtensionContext): {
  readonly disposables: Disposable;
  readonly parts: ExtensionParts;
  readonly logger: Logger;
} {
  const disposables = new DisposableStore();
  const foundation = composeFoundation(context, disposables);
  const explorer = composeFeatures(foundation, disposables);
  const parts = { explorer, decisions: foundation.decisions };
  return { disposables, parts, logger: foundation.output };
}

function composeFoundation(context: ExtensionContext, disposables: DisposableStore): Foundation {
  const output = disposables.add(window.createOutputChannel('MLflow Workbench', { log: true }));
  const settings = disposables.add(new Settings());
  const memory = new WorkspaceMemory(context.workspaceState);
  const python = new MlflowReleases(new PythonInterpreters(settings), output);
  const tracked = disposables.add(new TrackedFolders(memory));
  const servers = new LocalServers({
    folder: Uri.joinPath(context.globalStorageUri, 'servers').fsPath,
    program: context.asAbsolutePath('dist/server.cjs'),
    version: (context.extension.packageJSON as { readonly version: string }).version,
    logger: output,
    identify,
    backup: () => settings.get('mlflowWorkbench.tracking.backup') !== BACKUP.off,
    // An existing database has its schema; only a new one follows the person's MLflow.
    releaseFor: async (path) =>
      (await isFile(path)) ? undefined : (await python.factsOf(dirname(path))).mlflow,
  });
  const stores = disposables.add(new WorkspaceStores(tracked, memory, servers, REST_CLIENTS, output));
  const backups = disposables.add(new BackupNotices(stores, settings, output));
  const decisions = disposables.add(new TrackingDecisions(tracked, stores, settings, output));
  return { context, output, settings, memory, python, tracked, stores, backups, decisions };
}

function composeFeatures(foundation: Foundation, disposables: DisposableStore): ExplorerTree {
  const { context, output, settings, memory, stores, decisions } = foundation;
  disposables.add(new TerminalEnvironment(context.environmentVariableCollection, decisions));
  disposables.add(new TrackingStatusBar(decisions));
  disposables.add(
    workspace.registerFileSystemProvider(ARTIFACT_SCHEME, new ArtifactFileSystem(stores), {
      isReadonly: true,
      isCaseSensitive: true,
    }),
  );
  const tree = disposables.add(
    new ExplorerTree(
      stores,
      {
        pageSize: () => settings.get('mlflowWorkbench.explorer.pageSize'),
        metric: () => settings.get('mlflowWorkbench.explorer.metric'),
        now: Date.now,
        tracking: (store) => stores.trackingOf(store),
        decision: (store) => decisions.of(stores.folderOf(store)),
        isOpenedByHand: (store) => stores.isOpenedByHand(store),
      },
      output,
    ),
  );
  disposables.add(decisions.onDidChange(() => tree.redraw()));
  disposables.add(new ExplorerView(tree, settings));
  const pages = disposables.add(new RunPages(context.extensionUri, stores, memory, output));
  disposables.add(new CommandRegistry(composeCommands(foundation, tree, pages), output));
  return tree;
}

function composeCommands(foundation: Foundation, tree: ExplorerTree, pages: RunPages): CommandHandlers {
  const { context, output, settings, memory, python, tracked, stores, backups, decisions } = foundation;
  const backup = new BackupCommands(stores);
  const gitignore = new GitignoreCommands(memory);
  const tracking = new TrackingCommands(tracked, stores, decisions, gitignore, backups);
  const store = new StoreCommands(stores);
  const nodes = new NodeCommands(tree, pages, settings);
  return {
    'mlflowWorkbench.startTracking': tracking.start,
    'mlflowWorkbench.stopTracking': tracking.stop,
    'mlflowWorkbench.copyTrackingUri': tracking.copyUri,
    'mlflowWorkbench.openStore': store.open,
    'mlflowWorkbench.closeStore': store.close,
    'mlflowWorkbench.createSampleProject': new SampleProject(context.extensionUri, python).create,
    'mlflowWorkbench.addToGitignore': gitignore.add,
    'mlflowWorkbench.showTrackingStatus': new StatusCommand(decisions, stores).show,
    'mlflowWorkbench.showOutput': () => output.show(),
    'mlflowWorkbench.refresh': nodes.refresh,
    'mlflowWorkbench.retry': nodes.retry,
    'mlflowWorkbench.loadMore': nodes.loadMore,
    'mlflowWorkbench.chooseMetric': nodes.chooseMetric,
    'mlflowWorkbench.openRun': nodes.openRun,
    'mlflowWorkbench.openArtifact': nodes.openArtifact,
    'mlflowWorkbench.copyRunId': nodes.copyRunId,
    'mlflowWorkbench.copyValue': nodes.copyValue,
    'mlflowWorkbench.aboutDatabase': new AboutDatabase(stores).show,
    'mlflowWorkbench.upgradeDatabase': new UpgradeDatabase(stores, python, output).upgrade,
    'mlflowWorkbench.revealBackup': backup.reveal,
    'mlflowWorkbench.deleteBackup': backup.delete,
  };
}
