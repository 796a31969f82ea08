import { env, l10n, type Uri, ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import { type Disposable, DisposableStore } from '../../../core/base/disposable.js';
import { messageOf } from '../../../core/base/errors.js';
import type { Logger } from '../../../core/base/logger.js';
import { isWorkbenchUri } from '../../../core/tracking/displayUri.js';
import { Panels } from '../../../manifest/views.js';
import type { FromTrackingPlaces, ToTrackingPlaces } from '../../../protocol/trackingPlaces.js';
import type { MlflowReleases } from '../../python/mlflowReleases.js';
import type { TrackingDecisions } from '../../tracking/trackingDecisions.js';
import { webviewFolder, webviewHtml } from '../webviewHtml.js';
import { PlacesReader, placesTexts, type ReadFolder } from './placesReader.js';
import { runPlaceAction } from './runPlaceAction.js';

const PAGE = 'trackingPlaces';

export interface TrackingPlacesOptions {
  readonly extensionUri: Uri;
  readonly decisions: TrackingDecisions;
  readonly python: MlflowReleases;
  readonly logger: Logger;
}

/** The page that says for each place where a script starts which tracking URI is in force, and why. There is one. */
export class TrackingPlacesPage implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly reader: PlacesReader;
  private panel: WebviewPanel | undefined;
  private folders: readonly ReadFolder[] = [];
  private listening = false;
  private sending: Promise<void> = Promise.resolve();

  constructor(private readonly options: TrackingPlacesOptions) {
    const { decisions, python } = options;
    this.reader = new PlacesReader(decisions, python);
    const send = (): void => this.send();
    this.disposables.add(decisions.onDidChange(send));
    // Environment files of folders that are not tracked are watched by nobody.
    this.disposables.add(workspace.onDidSaveTextDocument(send));
    this.disposables.add(workspace.onDidChangeConfiguration(send));
    this.disposables.add(window.onDidChangeWindowState(({ focused }) => focused && send()));
    this.disposables.add(
      window.registerWebviewPanelSerializer(Panels.trackingPlaces, {
        deserializeWebviewPanel: (panel) => Promise.resolve(this.fill(panel)),
      }),
    );
  }

  readonly show = (): void => {
    if (this.panel) {
      this.panel.reveal();
      return;
    }
    const title = l10n.t('Tracking places');
    this.fill(window.createWebviewPanel(Panels.trackingPlaces, title, ViewColumn.Active));
  };

  private fill(panel: WebviewPanel): void {
    const { extensionUri } = this.options;
    this.panel?.dispose();
    this.panel = panel;
    panel.webview.options = { enableScripts: true, localResourceRoots: [webviewFolder(extensionUri)] };
    panel.onDidDispose(() => {
      this.listening = false;
      this.panel = undefined;
    });
    // A hidden page is torn down; it says "ready" when it is made anew.
    panel.onDidChangeViewState(() => (this.listening &&= panel.visible));
    panel.webview.onDidReceiveMessage((message: FromTrackingPlaces) => this.receive(message));
    panel.webview.html = webviewHtml(panel.webview, extensionUri, PAGE);
  }

  private receive(message: FromTrackingPlaces): void {
    switch (message.type) {
      case 'ready':
        this.listening = true;
        this.reader.forget();
        this.send();
        return;
      case 'copyUri':
        void this.copy(message.folder, message.place);
        return;
      case 'run': {
        const folder = this.folders.find(({ shown }) => shown.uri === message.folder);
        void (folder && runPlaceAction(message.action, folder));
        return;
      }
      default:
        message satisfies never;
    }
  }

  /** Reads and sends anew, one after the other; the last one has what holds. */
  private send(): void {
    if (!this.listening) {
      return;
    }
    this.sending = this.sending
      .then(async () => {
        await this.options.decisions.update();
        this.folders = await this.reader.folders();
        const folders = this.folders.map(({ shown }) => shown);
        const message: ToTrackingPlaces = { type: 'places', texts: placesTexts(), folders };
        await this.panel?.webview.postMessage(message);
      })
      .catch((error: unknown) => this.options.logger.error(`Tracking places: ${messageOf(error)}`));
  }

  private async copy(folder: string, place: string): Promise<void> {
    const found = this.folders.find(({ shown }) => shown.uri === folder);
    const uri = found?.places.find(({ kind }) => kind === place)?.uri;
    if (uri !== undefined) {
      await env.clipboard.writeText(uri);
      const secret = isWorkbenchUri(uri) ? l10n.t('It holds the secret of this store.') : '';
      window.setStatusBarMessage(`${l10n.t('Copied the tracking URI.')} ${secret}`.trim(), 5_000);
    }
  }

  dispose(): void {
    this.disposables.dispose();
    this.panel?.dispose();
  }
}
