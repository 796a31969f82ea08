import { l10n, type QuickPick } from 'vscode';
import { DisposableStore, toDisposable } from '../../core/base/disposable.js';
import { messageOf } from '../../core/base/errors.js';
import { bestFirst } from '../../core/runs/findRuns.js';
import { parseRunQuery, type RunQuery } from '../../core/runs/runQuery.js';
import { type SearchAnswer, StoreSearch } from '../../core/runs/storeSearch.js';
import type { WorkspaceStore } from '../stores/workspaceStore.js';
import type { WorkspaceStores } from '../stores/workspaceStores.js';
import type { RunItem, RunPicks } from './runPicks.js';

/** How long nobody has typed before the stores are asked. */
const DEBOUNCE_MS = 150;
/** Of each store. */
const RESULTS_MAX = 50;

/** "Find Run…": searches in all stores while one types. */
export class FindRun {
  constructor(
    private readonly stores: WorkspaceStores,
    private readonly picks: RunPicks,
  ) {}

  /** @param text to begin with */
  readonly show = (text?: unknown): void => {
    const pick = this.picks.create(l10n.t('Find Run'));
    pick.placeholder = l10n.t('Name, first characters of an ID, or an address that MLflow printed');
    pick.value = typeof text === 'string' ? text : '';
    const session = new FindSession(this.stores, this.picks, pick);
    pick.onDidHide(() => session.dispose());
    pick.show();
  };
}

/** One opening of the list. */
class FindSession {
  private readonly disposables = new DisposableStore();
  private readonly searches = new Map<WorkspaceStore, StoreSearch>();
  private readonly answers = new Map<WorkspaceStore, SearchAnswer>();
  private asked: readonly WorkspaceStore[] = [];
  private query: RunQuery | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly stores: WorkspaceStores,
    private readonly picks: RunPicks,
    private readonly pick: QuickPick<RunItem>,
  ) {
    for (const store of stores.stores) {
      const onAnswer = (answer: SearchAnswer): void => this.take(store, answer);
      this.searches.set(store, this.disposables.add(new StoreSearch(store.tracking, RESULTS_MAX, onAnswer)));
    }
    this.disposables.add(pick.onDidChangeValue(() => this.askLater()));
    this.disposables.add(toDisposable(() => clearTimeout(this.timer)));
    this.ask();
  }

  private askLater(): void {
    clearTimeout(this.timer);
    this.pick.busy = true;
    this.timer = setTimeout(() => this.ask(), DEBOUNCE_MS);
  }

  private ask(): void {
    const query = parseRunQuery(this.pick.value);
    this.query = query;
    this.asked = this.storesFor(query);
    this.answers.clear();
    this.pick.busy = this.asked.length > 0;
    for (const [store, search] of this.searches) {
      if (this.asked.includes(store)) {
        search.ask(query);
      } else {
        search.cancel();
      }
    }
  }

  /** An address leads to one of the stores, or to a server that is not ours and whose run one of them may have. */
  private storesFor(query: RunQuery): readonly WorkspaceStore[] {
    const store = 'uri' in query && query.uri !== undefined ? this.stores.atUri(query.uri) : undefined;
    return store !== undefined && this.searches.has(store) ? [store] : [...this.searches.keys()];
  }

  private take(store: WorkspaceStore, answer: SearchAnswer): void {
    if (answer.query !== this.query) {
      return;
    }
    this.answers.set(store, answer);
    this.pick.busy = this.answers.size < this.asked.length;
    this.pick.items = this.items();
  }

  private items(): RunItem[] {
    const found = [...this.answers].flatMap(([store, answer]) =>
      'found' in answer ? answer.found.runs.map((run) => ({ store, ...run })) : [],
    );
    const failed = [...this.answers].flatMap(([store, answer]) =>
      'error' in answer ? [message('error', l10n.t('{0}: {1}', store.path, messageOf(answer.error)))] : [],
    );
    const more = [...this.answers.values()].some((answer) => 'found' in answer && answer.found.more);
    return [
      ...found.sort(bestFirst).map((listed) => this.picks.item(listed)),
      ...(more ? [message('ellipsis', l10n.t('There are more: type more of the name'))] : []),
      ...failed,
    ];
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

/** A line that can be read, and does nothing. */
function message(icon: string, text: string): RunItem {
  return { label: `$(${icon}) ${text}`, alwaysShow: true };
}
