import { dirname } from 'node:path';
import { type ExtensionContext, type LogOutputChannel, window, workspace } from 'vscode';
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
import { EndRunCommands } from './commands/endRunCommands.js';
import { CoverNotebookCommand } from './commands/coverNotebookCommand.js';
import { EnvFileCommands } from './commands/envFileCommands.js';
import { GitignoreCommands } from './commands/gitignoreCommands.js';
import { NodeCommands } from './commands/nodeCommands.js';
import { SampleProject } from './commands/sampleProject.js';
import { StatusCommand } from './commands/statusCommand.js';
import { StoreCommands } from './commands/storeCommands.js';
import { TrackingLineCommands } from './commands/trackingLineCommands.js';
import { TrackingCommands } from './commands/trackingCommands.js';
import { DebugEnvironment } from './platform/debugEnvironment.js';
import { Settings } from './platform/settings.js';
import { TerminalEnvironment } from './platform/terminalEnvironment.js';
import { WorkspaceMemory } from './platform/workspaceMemory.js';
import { MlflowReleases } from './python/mlflowReleases.js';
import { PythonInterpreters } from './python/pythonInterpreters.js';
import { explainServerProblem } from './servers/explainServerProblem.js';
import { warnOfLostAddress } from './servers/lostAddress.js';
import { FindRun } from './runs/findRun.js';
import { RunEndMessages } from './runs/runEndMessages.js';
import { RunningList } from './runs/runningList.js';
import { RunningStatusBar } from './runs/runningStatusBar.js';
import { RunningStores } from './runs/runningStores.js';
import { RunOpener } from './runs/runOpener.js';
import { RunPicks } from './runs/runPicks.js';
import { TerminalLinks } from './runs/terminalLinks.js';
import { UriLinks } from './runs/uriLinks.js';
import { LocalServers } from './servers/localServers.js';
import { REST_CLIENTS } from './stores/restClients.js';
import { StaleRuns } from './stores/staleRuns.js';
import { WorkspaceStores } from './stores/workspaceStores.js';
import { EnvEntries } from './tracking/envEntries.js';
import { NotebookHint } from './tracking/notebookHint.js';
import { TrackedFolders } from './tracking/trackedFolders.js';
import { TrackingDecisions } from './tracking/trackingDecisions.js';
import { TrackingStatusBar } from './tracking/trackingStatusBar.js';
import { UpgradeDatabase } from './upgrade/upgradeDatabase.js';
import { ExplorerTree } from './views/explorer/explorerTree.js';
import { ExplorerView } from './views/explorer/explorerView.js';
import { RunPages } from './webviews/runPage/runPages.js';
import { TrackingPlacesPage } from './webviews/trackingPlaces/trackingPlacesPage.js';

/** What features are made of. */
interface Foundation {
  readonly context: ExtensionContext;
  readonly output: LogOutputChannel;
  readonly settings: Settings;
  readonly memory: WorkspaceMemory;
  readonly python: MlflowReleases;
  readonly tracked: TrackedFolders;
  readonly stores: WorkspaceStores;
  readonly stale: StaleRuns;
  readonly backups: BackupNotices;
  readonly decisions: TrackingDecisions;
}

/** What cannot be seen through VS Code's own API. */
export interface ExtensionParts {
  readonly explorer: ExplorerTree;
  readonly decisions: TrackingDecisions;
  readonly running: RunningStores;
  readonly terminalLinks: TerminalLinks;
  readonly uriLinks: UriLinks;
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
  const parts = { ...composeFeatures(foundation, disposables), decisions: foundation.decisions };
  return { disposables, parts, logger: foundation.output };
}

function composeFoundation(context: ExtensionContext, disposables: DisposableStore): Foundation {
  const output = disposables.add(window.createOutputChannel('MLflow Workbench', { log: true }));
  const settings = disposables.add(new Settings());
  const memory = new WorkspaceMemory(context.workspaceState);
  const python = new MlflowReleases(new PythonInterpreters(settings), output);
  const tracked = disposables.add(new TrackedFolders(memory));
  const servers = new LocalServers({
    program: context.asAbsolutePath('dist/server.cjs'),
    version: (context.extension.packageJSON as { readonly version: string }).version,
    logger: output,
    identify,
    backup: () => settings.get('mlflowWorkbench.tracking.backup') !== BACKUP.off,
    // An existing database has its schema; only a new one follows the person's MLflow.
    releaseFor: async (path) =>
      (await isFile(path)) ? undefined : (await python.factsOf(dirname(path))).mlflow,
    explain: explainServerProblem,
    onAddressLost: warnOfLostAddress,
  });
  const stores = disposables.add(new WorkspaceStores(tracked, memory, servers, REST_CLIENTS, output));
  const stale = disposables.add(new StaleRuns(stores, settings, output));
  const backups = disposables.add(new BackupNotices(stores, settings, output));
  const decisions = disposables.add(new TrackingDecisions(tracked, stores, settings, output));
  return { context, output, settings, memory, python, tracked, stores, stale, backups, decisions };
}

function composeFeatures(
  foundation: Foundation,
  disposables: DisposableStore,
): Omit<ExtensionParts, 'decisions'> {
  const { context, output, settings, memory, stores, stale, decisions } = foundation;
  disposables.add(new TerminalEnvironment(context.environmentVariableCollection, decisions));
  disposables.add(new DebugEnvironment(foundation.tracked, decisions));
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
        staleRuns: stale,
      },
      output,
    ),
  );
  disposables.add(decisions.onDidChange(() => tree.redraw()));
  disposables.add(stale.onDidChange((change) => tree.redrawStale(change)));
  const view = disposables.add(new ExplorerView(tree, settings));
  const ending = new EndRunCommands(stores, stale);
  const pages = disposables.add(
    new RunPages({ extensionUri: context.extensionUri, stores, stale, ending, memory, logger: output }),
  );
  const { commands, ...parts } = composeRuns(
    foundation,
    new RunOpener(pages, tree, view),
    pages,
    disposables,
  );
  const places = composePlaces(foundation, disposables);
  const others = composeCommands(foundation, tree, pages, ending, places);
  disposables.add(new CommandRegistry({ ...others, ...commands }, output));
  return { explorer: tree, ...parts };
}

type RunCommands = Pick<CommandHandlers, 'mlflowWorkbench.findRun' | 'mlflowWorkbench.showRunningRuns'>;

/** What leads to runs from elsewhere: links, messages, the status bar, lists. */
function composeRuns(
  { stores, stale, settings, output }: Foundation,
  opener: RunOpener,
  pages: RunPages,
  disposables: DisposableStore,
): Pick<ExtensionParts, 'running' | 'terminalLinks' | 'uriLinks'> & { readonly commands: RunCommands } {
  const running = disposables.add(new RunningStores(stores, stale, output));
  const picks = new RunPicks(opener, {
    metric: () => settings.get('mlflowWorkbench.explorer.metric'),
    hasSeveralStores: () => stores.stores.length > 1,
  });
  disposables.add(new RunningStatusBar(running));
  disposables.add(new RunEndMessages({ running, settings, pages, opener, picks }));
  return {
    running,
    terminalLinks: disposables.add(new TerminalLinks(stores, opener)),
    uriLinks: disposables.add(new UriLinks(stores, opener)),
    commands: {
      'mlflowWorkbench.findRun': new FindRun(stores, picks).show,
      'mlflowWorkbench.showRunningRuns': new RunningList(running, picks).show,
    },
  };
}

/** What concerns the places where terminals' variables do not reach. */
interface Places {
  readonly envFile: EnvFileCommands;
  readonly hint: NotebookHint;
  readonly page: TrackingPlacesPage;
}

function composePlaces(foundation: Foundation, disposables: DisposableStore): Places {
  const { context, output, memory, python, tracked, stores, decisions } = foundation;
  const entries = disposables.add(new EnvEntries(stores, decisions, output));
  const { extensionUri } = context;
  const page = disposables.add(new TrackingPlacesPage({ extensionUri, decisions, python, logger: output }));
  const hint = disposables.add(new NotebookHint(tracked, decisions, memory));
  return { envFile: new EnvFileCommands(entries, stores, tracked, python), hint, page };
}

function composeCommands(
  foundation: Foundation,
  tree: ExplorerTree,
  pages: RunPages,
  ending: EndRunCommands,
  places: Places,
): Omit<CommandHandlers, keyof RunCommands> {
  const { context, output, settings, memory, python, tracked, stores, backups, decisions } = foundation;
  const backup = new BackupCommands(stores);
  const gitignore = new GitignoreCommands(memory);
  const tracking = new TrackingCommands(tracked, stores, decisions, gitignore, places.envFile, backups);
  const line = new TrackingLineCommands();
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
    'mlflowWorkbench.showTrackingPlaces': places.page.show,
    'mlflowWorkbench.writeEnvEntry': places.envFile.write,
    'mlflowWorkbench.removeEnvEntry': places.envFile.remove,
    'mlflowWorkbench.insertTrackingLine': line.insert,
    'mlflowWorkbench.removeTrackingLine': line.remove,
    'mlflowWorkbench.coverNotebook': new CoverNotebookCommand(places.hint).show,
    'mlflowWorkbench.showOutput': () => output.show(),
    'mlflowWorkbench.refresh': nodes.refresh,
    'mlflowWorkbench.retry': nodes.retry,
    'mlflowWorkbench.loadMore': nodes.loadMore,
    'mlflowWorkbench.chooseMetric': nodes.chooseMetric,
    'mlflowWorkbench.openRun': nodes.openRun,
    'mlflowWorkbench.openArtifact': nodes.openArtifact,
    'mlflowWorkbench.copyRunId': nodes.copyRunId,
    'mlflowWorkbench.copyValue': nodes.copyValue,
    'mlflowWorkbench.setRunFailed': ending.setFailed,
    'mlflowWorkbench.setRunKilled': ending.setKilled,
    'mlflowWorkbench.setStaleRuns': ending.setStale,
    'mlflowWorkbench.aboutDatabase': new AboutDatabase(stores).show,
    'mlflowWorkbench.upgradeDatabase': new UpgradeDatabase(stores, python, output).upgrade,
    'mlflowWorkbench.revealBackup': backup.reveal,
    'mlflowWorkbench.deleteBackup': backup.delete,
  };
}
