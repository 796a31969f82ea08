import type { Int64 } from '../../core/domain/int64.js';
import type { MetricRow } from './metricRows.js';
import type { StoreContext } from './storeContext.js';

/**
 * Rows that one statement reads. A statement keeps others from writing where there is no write-ahead log, so a
 * million rows are read in many of them, along an index, with nothing left to sort.
 */
const CHUNK = 20_000;

const BY_STEP = 'index_metrics_run_uuid_key_step';
const BY_RUN = 'index_metrics_run_uuid';

type Row = [rowid: number, step: Int64, value: number, timestamp: Int64 | null, isNan: number];

/** Every value of a metric of a run, in chunks: by step where the schema has an index for it, else as logged. */
export function* readMetrics({ database, tables }: StoreContext, runId: string, key: string) {
  const isByStep = tables.hasIndex(BY_STEP);
  const place = isByStep ? 'step, rowid' : 'rowid';
  const sql = `SELECT rowid, step, value, timestamp, is_nan FROM ${tables.metricsOfRun(BY_STEP, BY_RUN)}
    WHERE run_uuid = ? AND key = ? AND (${place}) > (${isByStep ? '?, ?' : '?'}) ORDER BY ${place} LIMIT ${CHUNK}`;
  let after: Int64[] = isByStep ? [-(2n ** 63n), 0] : [0];
  let rows: Row[];
  do {
    rows = database.allArrays(sql, runId, key, ...after) as Row[];
    yield rows.map(([, step, value, timestamp, isNan]): MetricRow => {
      return { key, value, timestamp, step, is_nan: isNan };
    });
    const [rowid = 0, step = 0] = rows.at(-1) ?? [];
    after = isByStep ? [step, rowid] : [rowid];
  } while (rows.length === CHUNK);
}
