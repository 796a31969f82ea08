import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { RunPageSortColumn, RunPageState } from '../../src/protocol/runPage.js';

/** Tables with a filter of their own. */
export type FilteredTable = 'metrics' | 'systemMetrics' | 'params';

export type Sort = RunPageState['sort'];

const DEFAULT_SORT: Sort = { column: 'key', descending: false };

/** How the person has arranged the page: kept over hiding, showing and reloading. */
export class ViewState {
  readonly sort = signal<Sort>(DEFAULT_SORT);
  /** Whole lists that were asked for with "Show all", by table. Not kept: the page opens light again. */
  readonly whole = signal<ReadonlySet<string>>(new Set());
  private readonly expanded = signal<RunPageState['expanded']>({});
  private readonly filters = signal<RunPageState['filters']>({});
  private readonly charts = signal<ReadonlySet<string>>(new Set());
  private readonly logarithmic = signal<ReadonlySet<string>>(new Set());

  /** @param kept what an earlier page kept; anything in it may be missing */
  constructor(kept: Partial<RunPageState> = {}) {
    this.sort.value = kept.sort ?? DEFAULT_SORT;
    this.expanded.value = kept.expanded ?? {};
    this.filters.value = kept.filters ?? {};
    this.charts.value = new Set(kept.charts);
    this.logarithmic.value = new Set(kept.logarithmic);
  }

  /** Whether the section, group or folder `id` is expanded; `usually` is its state when nobody has touched it. */
  isExpanded(id: string, usually: boolean): boolean {
    return this.expanded.value[id] ?? usually;
  }

  setExpanded(id: string, expanded: boolean): void {
    this.expanded.value = { ...this.expanded.value, [id]: expanded };
  }

  filter(table: FilteredTable): string {
    return this.filters.value[table] ?? '';
  }

  setFilter(table: FilteredTable, text: string): void {
    this.filters.value = { ...this.filters.value, [table]: text };
  }

  /** Sorts by `column`: names first from A, numbers first from the greatest, then the other way round. */
  sortBy(column: RunPageSortColumn): void {
    const { column: current, descending } = this.sort.value;
    this.sort.value = { column, descending: column === current ? !descending : column !== 'key' };
  }

  isChartOpen(key: string): boolean {
    return this.charts.value.has(key);
  }

  toggleChart(key: string): void {
    this.charts.value = toggled(this.charts.value, key);
  }

  isLogarithmic(key: string): boolean {
    return this.logarithmic.value.has(key);
  }

  toggleLogarithmic(key: string): void {
    this.logarithmic.value = toggled(this.logarithmic.value, key);
  }

  showWhole(table: string): void {
    this.whole.value = new Set(this.whole.value).add(table);
  }

  /**
   * Calls `keep` now and whenever something changes.
   * @returns what stops it
   */
  keepWith(keep: (state: RunPageState) => void, runId: ReadonlySignal<string | undefined>): () => void {
    const state = computed<RunPageState>(() => ({
      runId: runId.value,
      expanded: this.expanded.value,
      filters: this.filters.value,
      sort: this.sort.value,
      charts: [...this.charts.value],
      logarithmic: [...this.logarithmic.value],
    }));
    return effect(() => keep(state.value));
  }
}

function toggled(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
}
