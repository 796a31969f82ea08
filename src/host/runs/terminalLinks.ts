import { l10n, TerminalLink, type TerminalLinkContext, type TerminalLinkProvider, window } from 'vscode';
import { type Disposable, DisposableStore } from '../../core/base/disposable.js';
import { type UiTarget, uiLinks } from '../../core/runs/uiLinks.js';
import type { WorkspaceStore } from '../stores/workspaceStore.js';
import type { WorkspaceStores } from '../stores/workspaceStores.js';
import type { RunOpener } from './runOpener.js';

/** A link of a run or an experiment of one of our stores. */
class RunLink extends TerminalLink {
  constructor(
    place: { readonly start: number; readonly length: number },
    readonly store: WorkspaceStore,
    readonly target: UiTarget,
  ) {
    const tooltip = target.kind === 'run' ? l10n.t('Open run page') : l10n.t('Show in Experiments');
    super(place.start, place.length, tooltip);
  }
}

/**
 * What MLflow prints at the end of a run, in terminals: the links lead to our pages. VS Code asks extensions before it
 * looks for addresses itself, and drops those of its own that overlap; it joins wrapped lines. Links of other servers
 * are not ours to take.
 */
export class TerminalLinks implements TerminalLinkProvider<RunLink>, Disposable {
  private readonly disposables = new DisposableStore();

  constructor(
    private readonly stores: WorkspaceStores,
    private readonly opener: RunOpener,
  ) {
    this.disposables.add(window.registerTerminalLinkProvider(this));
  }

  provideTerminalLinks({ line }: Pick<TerminalLinkContext, 'line'>): RunLink[] {
    return uiLinks(line).flatMap((link) => {
      const store = this.stores.atUri(link.uri);
      return store ? [new RunLink(link, store, link.target)] : [];
    });
  }

  async handleTerminalLink({ store, target }: RunLink): Promise<void> {
    await this.opener.show(store, target);
  }

  dispose(): void {
    this.disposables.dispose();
  }
}
