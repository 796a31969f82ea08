import type { Disposable } from '../base/disposable.js';
import type { StoreAccess } from '../explorer/runReader.js';
import { ExperimentNames } from './experimentNames.js';
import { findRuns, type FoundRuns } from './findRuns.js';
import type { RunQuery } from './runQuery.js';

/** What one store answered to a query. */
export type SearchAnswer =
  | { readonly query: RunQuery; readonly found: FoundRuns }
  | { readonly query: RunQuery; readonly error: unknown };

/**
 * A store's side of a search as one types: one query at a time, after it the latest, those in between never. The names
 * of the experiments are read once.
 */
export class StoreSearch implements Disposable {
  private readonly names: ExperimentNames;
  private wanted: RunQuery | undefined;
  private busy = false;
  private disposed = false;

  constructor(
    private readonly store: StoreAccess,
    private readonly maxResults: number,
    private readonly onAnswer: (answer: SearchAnswer) => void,
  ) {
    this.names = new ExperimentNames(store);
  }

  ask(query: RunQuery): void {
    this.wanted = query;
    if (!this.busy && !this.disposed) {
      void this.answerWanted();
    }
  }

  /** What was asked last is not wanted any more. */
  cancel(): void {
    this.wanted = undefined;
  }

  private async answerWanted(): Promise<void> {
    this.busy = true;
    for (let query = this.wanted; query !== undefined; query = this.wanted) {
      this.wanted = undefined;
      const answer = await this.answer(query);
      if (!this.disposed) {
        this.onAnswer(answer);
      }
    }
    this.busy = false;
  }

  private async answer(query: RunQuery): Promise<SearchAnswer> {
    try {
      const [store, names] = await Promise.all([this.store(), this.names.all()]);
      return { query, found: await findRuns(store, names, query, this.maxResults) };
    } catch (error) {
      return { query, error };
    }
  }

  dispose(): void {
    this.disposed = true;
    this.cancel();
  }
}
