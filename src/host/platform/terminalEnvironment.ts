import {
  type EnvironmentVariableMutatorOptions,
  type GlobalEnvironmentVariableCollection,
  l10n,
} from 'vscode';
import type { Disposable } from '../../core/base/disposable.js';
import { noProxyForLoopback } from '../../core/tracking/noProxy.js';
import { TRACKING_URI_VARIABLE } from '../../core/tracking/trackingDecision.js';
import type { FolderTracking, TrackingDecisions } from '../tracking/trackingDecisions.js';

/**
 * Set when a terminal's process is made and not again by shell integration, which runs after the person's
 * shell profile: what that sets wins.
 */
const AT_PROCESS_CREATION: EnvironmentVariableMutatorOptions = {
  applyAtProcessCreation: true,
  applyAtShellIntegration: false,
};

/** Gives new terminals and tasks of a folder the address of its store, where the decision says so. */
export class TerminalEnvironment implements Disposable {
  private readonly subscription: Disposable;

  constructor(
    private readonly collection: GlobalEnvironmentVariableCollection,
    decisions: TrackingDecisions,
  ) {
    // Else VS Code would keep address and secret on disk and hand them to terminals before we are there.
    collection.persistent = false;
    this.subscription = decisions.onDidChange((folders) => folders.forEach((each) => this.apply(each)));
  }

  private apply({ folder, decision }: FolderTracking): void {
    const scoped = this.collection.getScoped({ workspaceFolder: folder });
    if (decision.kind === 'starting') {
      // A server that is started again keeps its address: what terminals have stays good.
      return;
    }
    if (decision.kind !== 'inject') {
      scoped.clear();
      return;
    }
    if (scoped.get(TRACKING_URI_VARIABLE)?.value === decision.uri) {
      return;
    }
    scoped.description = l10n.t('MLflow runs are logged to the store of {0}.', folder.name);
    scoped.replace(TRACKING_URI_VARIABLE, decision.uri, AT_PROCESS_CREATION);
    const noProxy = noProxyForLoopback(process.env);
    if (noProxy !== undefined) {
      scoped.replace('no_proxy', noProxy, AT_PROCESS_CREATION);
      scoped.replace('NO_PROXY', noProxy, AT_PROCESS_CREATION);
    }
  }

  dispose(): void {
    this.subscription.dispose();
    this.collection.clear();
  }
}
