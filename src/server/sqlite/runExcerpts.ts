import type { Metric, Run } from '../../core/domain/run.js';
import { SYSTEM_TAGS, type Tag } from '../../core/domain/tag.js';
import type { RunExcerpt } from '../../core/stores/trackingStore.js';
import { groupBy } from './grouping.js';
import { type MetricRow, toMetric } from './metricRows.js';
import { type RunRow, toRunInfo } from './runRows.js';
import type { StoreContext } from './storeContext.js';

type Owned<Row> = Row & { readonly run_uuid: string };

const METRIC_COLUMNS = 'value, timestamp, step, is_nan';
const OF_RUNS = 'run_uuid IN (SELECT value FROM json_each(?))';

/** What reads runs with what the excerpt is of, instead of all that was logged. */
export function excerptLoader(
  excerpt: RunExcerpt,
): (context: StoreContext, rows: readonly RunRow[]) => Run[] {
  return (context, rows) => {
    const ids = JSON.stringify(rows.map((row) => row.run_uuid));
    const metrics = new Map(loadMetrics(context, excerpt.metric, ids).map((row) => [row.run_uuid, row]));
    const tags = groupBy(loadTags(context, excerpt.tags, ids), (row) => row.run_uuid);
    return rows.map((row) => {
      const found: Tag[] = (tags.get(row.run_uuid) ?? []).map(({ key, value }) => ({
        key,
        value: value ?? '',
      }));
      const metric = metrics.get(row.run_uuid);
      return {
        info: toRunInfo(row, found),
        metrics: metric === undefined ? [] : [toMetric(metric) satisfies Metric],
        params: [],
        tags: found.filter(({ key }) => excerpt.tags.includes(key)),
        datasetInputs: [],
        modelInputs: [],
        modelOutputs: [],
      };
    });
  };
}

/** The metric of this name of each run, or the first by name. */
function loadMetrics({ database }: StoreContext, key: string, ids: string): Owned<MetricRow>[] {
  if (key !== '') {
    const sql = `SELECT run_uuid, "key", ${METRIC_COLUMNS} FROM latest_metrics WHERE "key" = ? AND ${OF_RUNS}`;
    return database.all<Owned<MetricRow>>(sql, key, ids);
  }
  // SQLite takes the other columns from the row that has the least key.
  const sql = `SELECT run_uuid, min("key") AS "key", ${METRIC_COLUMNS} FROM latest_metrics
    WHERE ${OF_RUNS} GROUP BY run_uuid`;
  return database.all<Owned<MetricRow>>(sql, ids);
}

/** The tags of these names, and with them the one that very old runs have their name in. */
function loadTags(
  { database }: StoreContext,
  keys: readonly string[],
  ids: string,
): Owned<{ readonly key: string; readonly value: string | null }>[] {
  const sql = `SELECT run_uuid, "key", value FROM tags
    WHERE "key" IN (SELECT value FROM json_each(?)) AND ${OF_RUNS}`;
  return database.all(sql, JSON.stringify([...keys, SYSTEM_TAGS.runName]), ids);
}
