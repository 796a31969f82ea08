import { commands, env, Uri, type WebviewPanel } from 'vscode';
import { type Disposable, DisposableStore } from '../../../core/base/disposable.js';
import { messageOf } from '../../../core/base/errors.js';
import type { Logger } from '../../../core/base/logger.js';
import type { StoreChange } from '../../../core/domain/changes.js';
import type { Run } from '../../../core/domain/run.js';
import { Pace } from '../../../core/explorer/pace.js';
import type { FromRunPage, RunPageMetric, RunPageRun, ToRunPage } from '../../../protocol/runPage.js';
import { artifactUri } from '../../artifacts/artifactUri.js';
import { showError } from '../../platform/notify.js';
import type { StaleRuns } from '../../stores/staleRuns.js';
import type { WorkspaceStore } from '../../stores/workspaceStore.js';
import { webviewFolder, webviewHtml } from '../webviewHtml.js';
import { openSource } from './openSource.js';
import { RunPageReader } from './runPageReader.js';

/** The page follows its run soon, and not more often than this. */
const PACE = { soon: 50, pause: 500 };

/** Ends runs by hand. */
export interface RunEnding {
  endRun(store: WorkspaceStore, runId: string, status: 'FAILED' | 'KILLED'): Promise<void>;
}

export interface RunPagePanelOptions {
  readonly panel: WebviewPanel;
  readonly extensionUri: Uri;
  readonly store: WorkspaceStore;
  readonly runId: string;
  readonly logger: Logger;
  readonly stale: StaleRuns;
  readonly ending: RunEnding;
  /** Opens the page of another run of the same store. */
  readonly openRun: (runId: string) => void;
}

/** The page of one run. Sends nothing before the page says that it listens, and nothing while it is hidden. */
export class RunPagePanel implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly reader: RunPageReader;
  private readonly sentMetrics = new Map<string, string>();
  private run: Run | undefined;
  /** The run as the page was sent it last. */
  private sentRun = '';
  private listening = false;
  private readonly pace: Pace;

  constructor(private readonly options: RunPagePanelOptions) {
    const { panel, extensionUri, store, runId } = options;
    this.reader = new RunPageReader(store, runId, () => options.stale.get(store, runId));
    this.pace = this.disposables.add(new Pace(() => this.send(), PACE));
    panel.webview.options = { enableScripts: true, localResourceRoots: [webviewFolder(extensionUri)] };
    panel.iconPath = tabIcon(extensionUri);
    this.disposables.add(panel.webview.onDidReceiveMessage((message: FromRunPage) => this.receive(message)));
    this.disposables.add(store.onDidChange((change) => this.storeChanged(change)));
    this.disposables.add(
      options.stale.onDidChange((change) => {
        if (change.store === store && change.runs.some((run) => run.runId === runId)) {
          this.sendSoon();
        }
      }),
    );
    // A hidden page is torn down; it says "ready" when it is made anew.
    this.disposables.add(panel.onDidChangeViewState(() => (this.listening &&= panel.visible)));
    panel.webview.html = webviewHtml(panel.webview, extensionUri, 'runPage');
  }

  private receive(message: FromRunPage): void {
    switch (message.type) {
      case 'ready':
        this.listening = true;
        this.sentMetrics.clear();
        this.sentRun = '';
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
      case 'endRun':
        void this.endRun(message.status);
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
    if (concerns) {
      this.sendSoon();
    }
  }

  private sendSoon(): void {
    if (this.listening) {
      this.pace.request();
    }
  }

  private async send(): Promise<void> {
    if (!this.listening) {
      return;
    }
    try {
      const { run, page } = await this.reader.run();
      this.run = run;
      this.options.panel.title = run.info.runName || run.info.runId;
      await this.postRun(page);
      const metrics = this.newMetrics(await this.reader.metrics(run.metrics.length));
      if (metrics.length > 0 || this.sentMetrics.size === 0) {
        await this.post({ type: 'metrics', metrics });
      }
    } catch (error) {
      this.options.logger.warn(`Run ${this.options.runId}: ${messageOf(error)}`);
      this.sentRun = '';
      await this.post({ type: 'failed', message: messageOf(error) });
    }
  }

  /** A page that was sent what it has would draw it again. */
  private async postRun(run: RunPageRun): Promise<void> {
    const text = JSON.stringify(run);
    if (text !== this.sentRun) {
      this.sentRun = text;
      await this.post({ type: 'run', run });
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

  private async endRun(status: 'FAILED' | 'KILLED'): Promise<void> {
    try {
      await this.options.ending.endRun(this.options.store, this.options.runId, status);
    } catch (error) {
      await showError(messageOf(error));
    }
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
    this.disposables.dispose();
  }
}

/** A tab takes an icon's colours as they are: one for each kind of theme. */
function tabIcon(extensionUri: Uri): { readonly light: Uri; readonly dark: Uri } {
  const file = (name: string): Uri => Uri.joinPath(extensionUri, 'media', name);
  return { light: file('run-light.svg'), dark: file('run-dark.svg') };
}
