import type { StoreChange } from '../../core/domain/changes.js';

/** Gathers what the requests of one commit touch. */
export class ChangeCollector {
  private readonly experiments = new Set<string>();
  private readonly runs = new Map<string, string>();
  private readonly registeredModels = new Set<string>();

  experiment(experimentId: string): void {
    this.experiments.add(experimentId);
  }

  run(runId: string, experimentId: string): void {
    this.runs.set(runId, experimentId);
  }

  registeredModel(name: string): void {
    this.registeredModels.add(name);
  }

  /** What was gathered since the last call; undefined for nothing. */
  take(): StoreChange | undefined {
    if ([this.experiments, this.runs, this.registeredModels].every(({ size }) => size === 0)) {
      return undefined;
    }
    const change: StoreChange = {
      experimentIds: [...this.experiments],
      runs: [...this.runs].map(([runId, experimentId]) => ({ runId, experimentId })),
      registeredModels: [...this.registeredModels],
      everything: false,
    };
    this.experiments.clear();
    this.runs.clear();
    this.registeredModels.clear();
    return change;
  }
}
