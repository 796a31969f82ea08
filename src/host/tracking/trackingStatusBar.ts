import { basename } from 'node:path';
import { l10n, MarkdownString, StatusBarAlignment, ThemeColor, window, workspace } from 'vscode';
import { type Disposable, DisposableStore } from '../../core/base/disposable.js';
import { Commands } from '../../manifest/commands.js';
import { describeDecision } from './describeDecision.js';
import type { FolderTracking, TrackingDecisions } from './trackingDecisions.js';

/** Says in the status bar where new terminals log to. Hidden where tracking is off everywhere. */
export class TrackingStatusBar implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly item = this.disposables.add(
    window.createStatusBarItem('mlflowWorkbench.tracking', StatusBarAlignment.Left, 10),
  );

  constructor(private readonly decisions: TrackingDecisions) {
    this.item.name = 'MLflow';
    this.item.command = Commands.showTrackingStatus;
    this.disposables.add(decisions.onDidChange(() => this.show()));
    this.disposables.add(window.onDidChangeActiveTextEditor(() => this.show()));
  }

  private show(): void {
    const shown = this.shownFolder();
    if (!shown) {
      this.item.hide();
      return;
    }
    const { icon, short, sentence, attention } = describeDecision(shown.decision);
    this.item.text = `$(${icon}) MLflow: ${short}`;
    this.item.tooltip = tooltip(shown, sentence);
    this.item.accessibilityInformation = { label: l10n.t('MLflow tracking: {0}. {1}', short, sentence) };
    this.item.backgroundColor = attention ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    this.item.show();
  }

  /** The folder of the file in the editor, where it is tracked, else the first tracked one. */
  private shownFolder(): FolderTracking | undefined {
    const tracked = this.decisions.all.filter(
      ({ decision }) => decision.kind !== 'off' && decision.kind !== 'untrusted',
    );
    const document = window.activeTextEditor?.document.uri;
    const current = document && workspace.getWorkspaceFolder(document);
    return tracked.find(({ folder }) => folder === current) ?? tracked[0];
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

function tooltip({ folder, decision, entry }: FolderTracking, sentence: string): MarkdownString {
  const markdown = new MarkdownString();
  markdown.appendText(`${folder.name}: ${sentence}`);
  if (decision.kind === 'inject') {
    markdown.appendText(
      '\n' + l10n.t('Terminals that were open before keep what they had until they are started again.'),
    );
  }
  if (entry) {
    markdown.appendText(
      '\n' + l10n.t('Notebooks and tests: {0} (written by MLflow Workbench).', basename(entry.path)),
    );
  }
  return markdown;
}
