import type { StoreChange } from '../domain/changes.js';

/** Beyond this many single runs a reload is cheaper than asking for each. */
const RUNS_MAX = 500;

/** What changed since somebody last looked: changes gathered into one. */
export class PendingChanges {
  private readonly experiments = new Set<string>();
  private readonly runs = new Map<string, string>();
  private readonly registeredModels = new Set<string>();
  private everything = false;

  add(change: StoreChange): void {
    change.experimentIds.forEach((id) => this.experiments.add(id));
    change.runs.forEach(({ runId, experimentId }) => this.runs.set(runId, experimentId));
    change.registeredModels.forEach((name) => this.registeredModels.add(name));
    this.everything ||= change.everything || this.runs.size > RUNS_MAX;
  }

  /** Hands out what was gathered and starts anew; nothing when nothing changed. */
  take(): StoreChange | undefined {
    const gathered = [this.experiments, this.runs, this.registeredModels];
    if (!this.everything && gathered.every(({ size }) => size === 0)) {
      return undefined;
    }
    const change: StoreChange = {
      experimentIds: [...this.experiments],
      runs: [...this.runs].map(([runId, experimentId]) => ({ runId, experimentId })),
      registeredModels: [...this.registeredModels],
      everything: this.everything,
    };
    this.experiments.clear();
    this.runs.clear();
    this.registeredModels.clear();
    this.everything = false;
    return change;
  }
}
