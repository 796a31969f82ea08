import { expect, it } from 'vitest';
import { openTestStore, otherConnection, testPath } from './support.js';

const ROWS = 45_000;

/** MLflow's order, as the database itself sorts. */
const SORTED = `SELECT timestamp, step, value FROM metrics WHERE key = 'm' ORDER BY timestamp, step, value, is_nan`;

it.each([
  ['by the index of its steps', ''],
  ['as it was logged, where there is no such index', 'DROP INDEX index_metrics_run_uuid_key_step'],
])('a history is read in parts, %s, and comes in order', async (_, change) => {
  const path = testPath();
  const { store } = openTestStore(path);
  const { info } = await store.createRun({ experimentId: '0', tags: [] });
  const other = otherConnection(path);
  other.exec(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS})
     INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)
     SELECT 'm', i, (i * 7919) % 1000, '${info.runId}', i % 5 - 2, 0 FROM n; ${change}`,
  );
  const sorted = other.prepare(SORTED).all();
  const plain = (items: readonly object[]) =>
    items.map((item) => {
      const { timestamp, step, value } = item as Record<string, number>;
      return { timestamp, step, value };
    });
  const whole = await store.getMetricHistory({ runId: info.runId, key: 'm' });
  expect(plain(whole.items)).toEqual(plain(sorted));
  const first = await store.getMetricHistory({ runId: info.runId, key: 'm', maxResults: 1234 });
  expect(plain(first.items)).toEqual(plain(sorted.slice(0, 1234)));
});
