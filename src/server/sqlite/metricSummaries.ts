import type { Int64 } from '../../core/domain/int64.js';
import type { MetricSummary } from '../../core/domain/metricSummary.js';
import { invalidParameter } from '../../core/base/errors.js';
import { MetricAccumulator } from './metricAccumulator.js';
import { runRow } from './runs.js';
import type { StoreContext } from './storeContext.js';

const MOST_POINTS = 10_000;

/** Rows that are read at a time, so that no other process waits long for the database. */
const CHUNK = 20_000;

/** Runs whose summaries are kept. A page that shows a run asks again and again while it trains. */
const RUNS_KEPT = 4;

/** The sums of one run, and how far in the table they reach. */
interface RunningSummary {
  readonly metrics: Map<string, MetricAccumulator>;
  lastRowid: number;
}

type Row = [rowid: number, key: string, step: Int64, timestamp: Int64, value: number, isNan: number];

/**
 * Sums up every metric of a run, by key. Rows of `metrics` are only ever added, so what was summed up before
 * is kept and only later rows are read: the first call for a run of a million values takes most of a second,
 * the next ones next to nothing.
 */
export class MetricSummaries {
  private readonly kept = new Map<string, RunningSummary>();

  get(context: StoreContext, runId: string, points: number): MetricSummary[] {
    if (!Number.isInteger(points) || points < 0 || points > MOST_POINTS) {
      throw invalidParameter(`Invalid value ${points} for parameter 'points' supplied.`);
    }
    const { run_uuid: id } = runRow(context, runId);
    const running = this.running(context, id, Math.max(points, 2));
    readOn(context, id, running, Math.max(points, 2));
    return [...running.metrics]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([key, accumulator]) => accumulator.summary(key) ?? [])
      .map((summary) => (points < 2 ? withFewPoints(summary, points) : summary));
  }

  private running({ database }: StoreContext, runId: string, points: number): RunningSummary {
    const name = `${runId} ${points}`;
    const known = this.kept.get(name);
    this.kept.delete(name);
    // When MLflow has removed the newest rows for good, their numbers are given out again.
    const sql = 'SELECT 1 FROM metrics WHERE rowid = ? AND run_uuid = ?';
    const holds = known !== undefined && database.get(sql, known.lastRowid, runId) !== undefined;
    const running = holds ? known : { metrics: new Map<string, MetricAccumulator>(), lastRowid: 0 };
    this.kept.set(name, running);
    const [oldest] = this.kept.keys();
    if (this.kept.size > RUNS_KEPT && oldest !== undefined) {
      this.kept.delete(oldest);
    }
    return running;
  }
}

function readOn(
  { database, tables }: StoreContext,
  runId: string,
  running: RunningSummary,
  points: number,
): void {
  const sql = `SELECT rowid, key, step, timestamp, value, is_nan FROM ${tables.metricsOfRun('index_metrics_run_uuid')}
    WHERE run_uuid = ? AND rowid > ? ORDER BY rowid LIMIT ${CHUNK}`;
  let rows: Row[];
  do {
    rows = database.allArrays(sql, runId, running.lastRowid) as Row[];
    for (const [rowid, key, step, timestamp, value, isNan] of rows) {
      let accumulator = running.metrics.get(key);
      if (accumulator === undefined) {
        accumulator = new MetricAccumulator(points);
        running.metrics.set(key, accumulator);
      }
      accumulator.add({ step, timestamp, value: isNan === 0 ? value : Number.NaN });
      running.lastRowid = rowid;
    }
  } while (rows.length === CHUNK);
}

/** For callers that want no line, or only where it ends. */
function withFewPoints(summary: MetricSummary, points: number): MetricSummary {
  return { ...summary, points: [summary.last].slice(0, points), sampled: summary.count > points };
}
