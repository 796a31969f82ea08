import {
  debug,
  type DebugConfiguration,
  type DebugConfigurationProvider,
  Uri,
  workspace,
  type WorkspaceFolder,
} from 'vscode';
import { type Disposable, DisposableStore } from '../../core/base/disposable.js';
import { debugVariables } from '../../core/tracking/debugVariables.js';
import type { TrackedFolders } from '../tracking/trackedFolders.js';
import type { TrackingDecisions } from '../tracking/trackingDecisions.js';
import { readEnvFiles, storeUriOf } from '../tracking/uriSources.js';

/** What the Python debugger calls itself, and what it was called before. */
const DEBUGGERS = ['debugpy', 'python'] as const;

/**
 * Gives Python debug sessions that VS Code starts outside of its terminals the address of the folder's store, where
 * the decision says so. Known to VS Code only while some folder is tracked.
 */
export class DebugEnvironment implements Disposable, DebugConfigurationProvider {
  private readonly subscription: Disposable;
  private providers: DisposableStore | undefined;

  constructor(
    private readonly tracked: TrackedFolders,
    private readonly decisions: TrackingDecisions,
  ) {
    this.subscription = tracked.onDidChange(() => this.register());
    this.register();
  }

  /** After variables were put in, so that paths in it are paths; whoever comes later sees what was added. */
  async resolveDebugConfigurationWithSubstitutedVariables(
    given: WorkspaceFolder | undefined,
    configuration: DebugConfiguration,
  ): Promise<DebugConfiguration> {
    const folder = given ?? folderOf(configuration);
    if (!workspace.isTrusted || folder === undefined || !this.tracked.has(folder)) {
      return configuration;
    }
    const decision = await this.decisions.settled(folder);
    const uri = await envFileUri(folder, configuration.envFile);
    const added = debugVariables(configuration, decision, uri, process.env);
    if (Object.keys(added).length === 0) {
      return configuration;
    }
    return { ...configuration, env: { ...(configuration.env as object | undefined), ...added } };
  }

  private register(): void {
    if (this.tracked.open.length === 0) {
      this.providers?.dispose();
      this.providers = undefined;
    } else if (this.providers === undefined) {
      this.providers = new DisposableStore();
      for (const type of DEBUGGERS) {
        this.providers.add(debug.registerDebugConfigurationProvider(type, this));
      }
    }
  }

  dispose(): void {
    this.subscription.dispose();
    this.providers?.dispose();
  }
}

/** A configuration of the whole workspace belongs to the folder that its script or its working folder is in. */
function folderOf({ program, cwd }: DebugConfiguration): WorkspaceFolder | undefined {
  const path: unknown = program ?? cwd;
  return typeof path === 'string' ? workspace.getWorkspaceFolder(Uri.file(path)) : undefined;
}

/** What the session's own environment file says; the folder's files are part of the decision already. */
async function envFileUri(folder: WorkspaceFolder, envFile: unknown): Promise<string | undefined> {
  if (typeof envFile !== 'string' || envFile === '') {
    return undefined;
  }
  const [file] = await readEnvFiles([envFile], await storeUriOf(folder));
  return file?.reading.theirs;
}
