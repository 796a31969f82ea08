import { commands, env, Uri, type WebviewPanel } from 'vscode';
import { type Disposable, DisposableStore } from '../../../core/base/disposable.js';
import { messageOf } from '../../../core/base/errors.js';
import type { Logger } from '../../../core/base/logger.js';
import { ANY_CHANGE, type StoreChange } from '../../../core/domain/changes.js';
import type { Run } from '../../../core/domain/run.js';
import type { FromRunPage, RunPageMetric, ToRunPage } from '../../../protocol/runPage.js';
import { artifactUri } from '../../artifacts/artifactUri.js';
import type { WorkspaceStore } from '../../stores/workspaceStore.js';
import { webviewFolder, webviewHtml } from '../webviewHtml.js';
import { openSource } from './openSource.js';
import { RunPageReader } from './runPageReader.js';

/** The page follows its run at most this often. */
const UPDATE_INTERVAL_MS = 500;

export interface RunPagePanelOptions {
  readonly panel: WebviewPanel;
  readonly extensionUri: Uri;
  readonly store: WorkspaceStore;
  readonly runId: string;
  readonly logger: Logger;
  /** Opens the page of another run of the same store. */
  readonly openRun: (runId: string) => void;
}

/** The page of one run. Sends nothing before the page says that it listens, and nothing while it is hidden. */
export class RunPagePanel implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly reader: RunPageReader;
  private readonly sentMetrics = new Map<string, string>();
  private run: Run | undefined;
  private listening = false;
  private timer: NodeJS.Timeout | undefined;
  private sending = false;
  private outdated = false;

  constructor(private readonly options: RunPagePanelOptions) {
    const { panel, extensionUri, store, runId } = options;
    this.reader = new RunPageReader(store, runId);
    panel.webview.options = { enableScripts: true, localResourceRoots: [webviewFolder(extensionUri)] };
    panel.iconPath = tabIcon(extensionUri);
    this.disposables.add(panel.webview.onDidReceiveMessage((message: FromRunPage) => this.receive(message)));
    this.disposables.add(store.onDidChange((change) => this.storeChanged(change)));
    // A hidden page is torn down; it says "ready" when it is made anew.
    this.disposables.add(panel.onDidChangeViewState(() => (this.listening &&= panel.visible)));
    panel.webview.html = webviewHtml(panel.webview, extensionUri, 'runPage');
  }

  private receive(message: FromRunPage): void {
    switch (message.type) {
      case 'ready':
        this.listening = true;
        this.sentMetrics.clear();
        void this.send();
        return;
      case 'listArtifacts':
        void this.sendArtifacts(message.path);
        return;
      case 'openArtifact':
        void commands.executeCommand('vscode.open', this.artifactUri(message.path));
        return;
      case 'openRun':
        this.options.openRun(message.runId);
        return;
      case 'openSource':
        void (this.run && openSource(this.run, this.options.store.folder));
        return;
      case 'copy':
        void env.clipboard.writeText(message.text);
        return;
      default:
        message satisfies never;
    }
  }

  private storeChanged(change: StoreChange): void {
    const concerns = change.everything || change.runs.some(({ runId }) => runId === this.options.runId);
    if (!concerns || !this.listening) {
      return;
    }
    this.outdated = true;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      if (this.outdated && !this.sending) {
        void this.send();
      }
    }, UPDATE_INTERVAL_MS);
  }

  private async send(): Promise<void> {
    this.sending = true;
    this.outdated = false;
    try {
      const { run, page } = await this.reader.run();
      this.run = run;
      this.options.panel.title = run.info.runName || run.info.runId;
      await this.post({ type: 'run', run: page });
      await this.post({ type: 'metrics', metrics: this.newMetrics(await this.reader.metrics()) });
    } catch (error) {
      this.options.logger.warn(`Run ${this.options.runId}: ${messageOf(error)}`);
      await this.post({ type: 'failed', message: messageOf(error) });
    } finally {
      this.sending = false;
    }
    if (this.outdated) {
      // Changed while it was being read.
      this.storeChanged(ANY_CHANGE);
    }
  }

  /** Those that differ from what the page was sent last. */
  private newMetrics(metrics: readonly RunPageMetric[]): RunPageMetric[] {
    return metrics.filter(({ key, count, last, lastStep }) => {
      const signature = `${count} ${last} ${lastStep}`;
      const isNew = this.sentMetrics.get(key) !== signature;
      this.sentMetrics.set(key, signature);
      return isNew;
    });
  }

  private async sendArtifacts(path: string): Promise<void> {
    try {
      const store = await this.options.store.connect();
      const { entries } = await store.artifacts.list(this.options.runId, path);
      await this.post({ type: 'artifacts', path, entries });
    } catch (error) {
      await this.post({ type: 'artifactsFailed', path, message: messageOf(error) });
    }
  }

  private artifactUri(path: string): Uri {
    return artifactUri({ storeKey: this.options.store.key, runId: this.options.runId, path });
  }

  private async post(message: ToRunPage): Promise<void> {
    if (this.listening) {
      await this.options.panel.webview.postMessage(message);
    }
  }

  dispose(): void {
    this.listening = false;
    clearTimeout(this.timer);
    this.disposables.dispose();
  }
}

/** A tab takes an icon's colours as they are: one for each kind of theme. */
function tabIcon(extensionUri: Uri): { readonly light: Uri; readonly dark: Uri } {
  const file = (name: string): Uri => Uri.joinPath(extensionUri, 'media', name);
  return { light: file('run-light.svg'), dark: file('run-dark.svg') };
}
