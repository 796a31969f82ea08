import type { Run } from '../domain/run.js';
import { SYSTEM_TAGS, tagValue } from '../domain/tag.js';
import { isRunId } from './runFilters.js';

/**
 * Runs by what is below what. A run stands below the run that its tag `mlflow.parentRunId` names, if that
 * run is known; a run whose parent is deleted, gone or (by a loop of tags) itself stands at the top.
 */
export class RunForest {
  private readonly runs = new Map<string, Run>();
  /** Parents that were looked for and are not there. */
  private readonly gone = new Set<string>();
  private byParent: ReadonlyMap<string | undefined, readonly Run[]> | undefined;

  get(runId: string): Run | undefined {
    return this.runs.get(runId);
  }

  all(): Run[] {
    return [...this.runs.values()];
  }

  /** Adds a run or replaces what was known of it. */
  put(run: Run): void {
    this.runs.set(run.info.runId, run);
    this.gone.delete(run.info.runId);
    this.byParent = undefined;
  }

  /** Forgets a run that is not there any more; what was below it rises to the top. */
  markGone(runId: string): void {
    this.runs.delete(runId);
    this.gone.add(runId);
    this.byParent = undefined;
  }

  /** The parents that runs name and that nobody has looked for yet. */
  missingParents(): string[] {
    const missing = new Set<string>();
    for (const run of this.runs.values()) {
      const parent = namedParent(run);
      if (parent !== undefined && !this.runs.has(parent) && !this.gone.has(parent)) {
        missing.add(parent);
      }
    }
    return [...missing];
  }

  /** Whether a known run names `runId` as its parent. */
  isNamedAsParent(runId: string): boolean {
    return [...this.runs.values()].some((run) => namedParent(run) === runId);
  }

  /** The runs at the top, the latest first. */
  roots(): readonly Run[] {
    return this.grouped().get(undefined) ?? [];
  }

  /** The known runs right below a run, the latest first. */
  childrenOf(runId: string): readonly Run[] {
    return this.grouped().get(runId) ?? [];
  }

  private grouped(): ReadonlyMap<string | undefined, readonly Run[]> {
    if (this.byParent === undefined) {
      const groups = new Map<string | undefined, Run[]>();
      for (const run of [...this.runs.values()].sort(latestFirst)) {
        const parent = this.parentOf(run);
        const group = groups.get(parent);
        if (group) {
          group.push(run);
        } else {
          groups.set(parent, [run]);
        }
      }
      this.byParent = groups;
    }
    return this.byParent;
  }

  /** The id of the run that `run` stands below. */
  parentOf(run: Run): string | undefined {
    const parent = this.knownParent(run);
    return parent !== undefined && !this.isInLoop(run) ? parent : undefined;
  }

  private knownParent(run: Run): string | undefined {
    const parent = namedParent(run);
    return parent !== undefined && this.runs.has(parent) ? parent : undefined;
  }

  private isInLoop(run: Run): boolean {
    const seen = new Set<string>();
    let above: Run | undefined = run;
    while (above !== undefined && !seen.has(above.info.runId)) {
      seen.add(above.info.runId);
      const parent = this.knownParent(above);
      if (parent === run.info.runId) {
        return true;
      }
      above = parent === undefined ? undefined : this.runs.get(parent);
    }
    return false;
  }
}

/** MLflow's own order of runs: by start time, the latest first, then by id. */
function latestFirst(a: Run, b: Run): number {
  const byTime = (b.info.startTime ?? 0) - (a.info.startTime ?? 0);
  return byTime !== 0 ? byTime : a.info.runId < b.info.runId ? -1 : 1;
}

function namedParent(run: Run): string | undefined {
  const parent = tagValue(run.tags, SYSTEM_TAGS.parentRunId);
  return parent !== undefined && isRunId(parent) ? parent : undefined;
}
