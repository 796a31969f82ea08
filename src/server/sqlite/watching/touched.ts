import { ANY_CHANGE, NO_CHANGE, type StoreChange } from '../../../core/domain/changes.js';
import { ChangeCollector } from '../changeCollector.js';
import type { Database } from '../database.js';
import type { OwnerKind } from './watchedTables.js';

/** Of so many runs it is remembered which experiment they belong to: that never changes. */
const RUNS_KNOWN = 10_000;

/** To which experiments runs belong. */
export class ExperimentsOfRuns {
  private readonly known = new Map<string, string>();

  constructor(private readonly database: Database) {}

  /** Runs with their experiments; those that do not exist are left out. */
  of(runIds: ReadonlySet<string>): ReadonlyMap<string, string> {
    const unknown = [...runIds].filter((runId) => !this.known.has(runId));
    if (unknown.length > 0) {
      this.learn(unknown);
    }
    return new Map([...runIds].flatMap((runId) => this.entryOf(runId)));
  }

  private learn(runIds: readonly string[]): void {
    if (this.known.size > RUNS_KNOWN) {
      this.known.clear();
    }
    const rows = this.database.all<{ run_uuid: string; experiment_id: number }>(
      'SELECT run_uuid, experiment_id FROM runs WHERE run_uuid IN (SELECT value FROM json_each(?))',
      JSON.stringify(runIds),
    );
    rows.forEach((row) => this.known.set(row.run_uuid, String(row.experiment_id)));
  }

  private entryOf(runId: string): [string, string][] {
    const experimentId = this.known.get(runId);
    return experimentId === undefined ? [] : [[runId, experimentId]];
  }
}

/** Gathers what one look at the store finds. */
export class Touched {
  readonly runIds = new Set<string>();
  private readonly others = new ChangeCollector();
  private isExplained = false;
  private isLost = false;

  /** A row was new, or not what it was. */
  add(kind: OwnerKind, owner: string | null): void {
    this.isExplained = true;
    if (owner === null || kind === 'none') {
      return;
    }
    if (kind === 'run') {
      this.runIds.add(owner);
    } else if (kind === 'experiment') {
      this.others.experiment(owner);
    } else {
      this.others.registeredModel(owner);
    }
  }

  /** What happened cannot be told from the rows that are there. */
  lose(): void {
    this.isLost = true;
  }

  /** "Everything" where that cannot be told, undefined where nothing was found. */
  toChange(experiments: ExperimentsOfRuns): StoreChange | undefined {
    if (this.isLost) {
      return ANY_CHANGE;
    }
    experiments.of(this.runIds).forEach((experimentId, runId) => this.others.run(runId, experimentId));
    return this.others.take() ?? (this.isExplained ? NO_CHANGE : undefined);
  }
}
