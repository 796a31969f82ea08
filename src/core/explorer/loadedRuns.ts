import type { Run } from '../domain/run.js';
import { SYSTEM_TAGS, tagValue } from '../domain/tag.js';
import { RunForest } from './runForest.js';

/** How far a list that comes in pages was read. */
export interface Cursor {
  /** Absent when everything is loaded. */
  readonly nextPageToken: string | undefined;
  readonly loaded: number;
}

/** What is loaded of an experiment's runs. A reload builds a new one, so that a failure in between leaves the old one whole. */
export class LoadedRuns {
  readonly forest = new RunForest();
  /** The runs that were opened: they are whole, and the runs below them were asked for. */
  readonly opened = new Map<string, Cursor>();
  /** Runs that were asked for by themselves, wherever paging has got to. */
  readonly included = new Set<string>();
  top: Cursor | undefined;
  /** Start time of the oldest run that paging reached; what is older belongs to a later page. */
  private oldest = Infinity;

  /** Adds the runs of a page. */
  addPage(runs: readonly Run[], nextPageToken: string | undefined): void {
    for (const run of runs) {
      this.putExcerpt(run);
      this.oldest = Math.min(this.oldest, run.info.startTime ?? 0);
    }
    this.top = { nextPageToken, loaded: (this.top?.loaded ?? 0) + runs.length };
  }

  /** Adds the runs of a page of those below a run. */
  addChildren(parentRunId: string, runs: readonly Run[], nextPageToken: string | undefined): void {
    runs.forEach((run) => this.putExcerpt(run));
    const loaded = (this.opened.get(parentRunId)?.loaded ?? 0) + runs.length;
    this.opened.set(parentRunId, { nextPageToken, loaded });
  }

  /** Adds runs that stay whatever paging reaches. */
  include(runs: readonly Run[]): void {
    for (const run of runs) {
      this.putExcerpt(run);
      this.included.add(run.info.runId);
    }
  }

  /** Adds an excerpt of a run, unless it is one of those that are known whole. */
  private putExcerpt(run: Run): void {
    if (!this.opened.has(run.info.runId)) {
      this.forest.put(run);
    }
  }

  /** Whether a run that was not known has its place among what is loaded. */
  belongs(run: Run): boolean {
    if (this.top === undefined) {
      return false;
    }
    const parent = parentTag(run);
    return (
      this.top.nextPageToken === undefined ||
      (run.info.startTime ?? 0) >= this.oldest ||
      (parent !== undefined && this.forest.get(parent) !== undefined) ||
      this.forest.isNamedAsParent(run.info.runId)
    );
  }
}

/** What a run says that its parent is. */
export function parentTag(run: Run): string | undefined {
  return tagValue(run.tags, SYSTEM_TAGS.parentRunId);
}
