// The writes that a server is killed in, and how an acknowledged one is recognised in the database.
import { type Answer, asJson, callApi, request } from '../api.js';

/** A statement that gives a row if, and only if, a write was kept. */
export interface Proof {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** Who writes: each client has a run of its own, and numbers of its own. */
export interface WritingClient {
  readonly uri: string;
  readonly runId: string;
  /** Never the same twice, over all clients and rounds. */
  readonly number: number;
}

/** One kind of write. A new API is added to the rounds by a row of {@link WRITE_KINDS}. */
interface WriteKind {
  readonly name: string;
  /** @returns what proves it, once it was acknowledged */
  readonly write: (client: WritingClient) => Promise<Proof>;
}

const BATCH_METRICS = 5;

function call(uri: string, method: string, body: unknown): Promise<Answer['json']> {
  return answered(callApi(uri, method, body), method);
}

/** The JSON of an answer with status 200; any other is an error. */
async function answered(answer: Promise<Answer>, method: string): Promise<Answer['json']> {
  const { status, body, json } = await answer;
  if (status !== 200) {
    throw new Refused(`${method} was answered with ${status}: ${body}`);
  }
  return json;
}

/** An answer that is not the one expected, which no kill explains. */
export class Refused extends Error {}

export const WRITE_KINDS: readonly WriteKind[] = [
  {
    name: 'a run',
    write: async ({ uri, number }) => {
      const answer = await call(uri, 'runs/create', {
        experiment_id: '0',
        run_name: `run ${number}`,
        tags: [{ key: 'number', value: String(number) }],
      });
      const { run_id: runId } = (answer as { run: { info: { run_id: string } } }).run.info;
      return {
        sql: `SELECT 1 FROM runs NATURAL JOIN tags WHERE run_uuid = ? AND key = 'number' AND value = ?`,
        values: [runId, String(number)],
      };
    },
  },
  {
    name: 'the end of a run',
    write: async ({ uri, runId, number }) => {
      await call(uri, 'runs/update', { run_id: runId, status: 'FINISHED', end_time: number });
      return { sql: `SELECT 1 FROM runs WHERE run_uuid = ? AND end_time >= ?`, values: [runId, number] };
    },
  },
  {
    name: 'a metric',
    write: async ({ uri, runId, number }) => {
      const body = { run_id: runId, key: 'm', value: number, timestamp: number, step: number };
      await call(uri, 'runs/log-metric', body);
      return {
        sql: `SELECT 1 FROM metrics NATURAL JOIN (SELECT run_uuid, key, step AS latest FROM latest_metrics)
          WHERE run_uuid = ? AND key = 'm' AND step = ? AND value = step AND latest >= step`,
        values: [runId, number],
      };
    },
  },
  {
    name: 'a batch',
    write: async ({ uri, runId, number }) => {
      await call(uri, 'runs/log-batch', {
        run_id: runId,
        metrics: Array.from({ length: BATCH_METRICS }, (_, index) => ({
          ...{ key: `batch ${index}`, value: number, timestamp: number, step: number },
        })),
        params: [{ key: `batch ${number}`, value: 'v' }],
        tags: [{ key: `batch ${number}`, value: 'v' }],
      });
      return {
        sql: `SELECT 1 WHERE ${BATCH_METRICS} =
            (SELECT count(*) FROM metrics WHERE run_uuid = ?1 AND key LIKE 'batch %' AND step = ?2)
          AND EXISTS (SELECT 1 FROM params WHERE run_uuid = ?1 AND key = 'batch ' || ?2)
          AND EXISTS (SELECT 1 FROM tags WHERE run_uuid = ?1 AND key = 'batch ' || ?2)`,
        values: [runId, String(number)],
      };
    },
  },
  {
    name: 'a parameter',
    write: async ({ uri, runId, number }) => {
      await call(uri, 'runs/log-parameter', { run_id: runId, key: `p ${number}`, value: `v ${number}` });
      return {
        sql: `SELECT 1 FROM params WHERE run_uuid = ? AND key = 'p ' || ?2 AND value = 'v ' || ?2`,
        values: [runId, String(number)],
      };
    },
  },
  {
    name: 'a tag',
    write: async ({ uri, runId, number }) => {
      await call(uri, 'runs/set-tag', { run_id: runId, key: 'counter', value: String(number) });
      return {
        sql: `SELECT 1 FROM tags WHERE run_uuid = ? AND key = 'counter' AND CAST(value AS INTEGER) >= ?`,
        values: [runId, number],
      };
    },
  },
  {
    name: 'a removed tag',
    write: async ({ uri, runId, number }) => {
      await call(uri, 'runs/set-tag', { run_id: runId, key: `gone ${number}`, value: '' });
      await call(uri, 'runs/delete-tag', { run_id: runId, key: `gone ${number}` });
      return {
        sql: `SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM tags WHERE run_uuid = ? AND key = 'gone ' || ?)`,
        values: [runId, String(number)],
      };
    },
  },
  {
    name: 'an experiment',
    write: async ({ uri, number }) => {
      const { experiment_id: id } = await call(uri, 'experiments/create', { name: `experiment ${number}` });
      return {
        sql: 'SELECT 1 FROM experiments WHERE experiment_id = ? AND name = ?',
        values: [Number(id), `experiment ${number}`],
      };
    },
  },
  {
    name: 'a logged model',
    write: async ({ uri, number }) => {
      const answer = await call(uri, 'logged-models', { experiment_id: '0', name: `model-${number}` });
      const { model_id: id } = (answer as { model: { info: { model_id: string } } }).model.info;
      return { sql: 'SELECT 1 FROM logged_models WHERE model_id = ?', values: [id] };
    },
  },
  {
    name: 'a data set',
    write: async ({ uri, runId, number }) => {
      const dataset = { name: `data ${number}`, digest: 'd', source_type: 'local', source: '{}' };
      await call(uri, 'runs/log-inputs', { run_id: runId, datasets: [{ dataset }] });
      return {
        sql: `SELECT 1 FROM datasets d JOIN inputs i ON i.source_id = d.dataset_uuid
          WHERE d.name = ? AND i.destination_id = ?`,
        values: [`data ${number}`, runId],
      };
    },
  },
  {
    name: 'a registered model',
    write: async ({ uri, number }) => {
      const name = `model ${number}`;
      await call(uri, 'registered-models/create', { name, tags: [{ key: 'number', value: String(number) }] });
      return {
        sql: `SELECT 1 FROM registered_models m JOIN registered_model_tags t ON t.name = m.name
          WHERE m.name = ? AND t.key = 'number' AND t.value = ?`,
        values: [name, String(number)],
      };
    },
  },
  {
    name: 'a model version and its alias',
    write: async ({ uri, number }) => {
      const name = `versioned ${number}`;
      await call(uri, 'registered-models/create', { name });
      await call(uri, 'model-versions/create', { name, source: 's3://bucket/model' });
      await call(uri, 'registered-models/alias', { name, alias: 'best', version: '1' });
      return {
        sql: `SELECT 1 FROM model_versions NATURAL JOIN registered_model_aliases
          WHERE name = ? AND version = 1 AND alias = 'best'`,
        values: [name],
      };
    },
  },
  {
    name: 'a trace',
    write: async ({ uri, number }) => {
      const id = `tr-${number}`;
      const location = { type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: '0' } };
      const trace_info = {
        ...{ trace_id: id, trace_location: location, request_time: '2026-01-01T00:00:00Z', state: 'OK' },
        tags: { number: String(number) },
      };
      await answered(request(`${uri}/api/3.0/mlflow/traces`, asJson({ trace: { trace_info } })), 'traces');
      return {
        sql: `SELECT 1 FROM trace_info NATURAL JOIN trace_tags
          WHERE request_id = ? AND key = 'number' AND value = ?`,
        values: [id, String(number)],
      };
    },
  },
];

/** What never holds of a store, whatever was acknowledged: a write that was kept by halves. Each gives no row. */
export const HALVES: readonly string[] = [
  `SELECT 1 FROM metrics WHERE key LIKE 'batch %' GROUP BY run_uuid, step HAVING count(*) <> ${BATCH_METRICS}`,
  `SELECT 1 FROM params p WHERE key LIKE 'batch %'
     AND NOT EXISTS (SELECT 1 FROM tags t WHERE t.run_uuid = p.run_uuid AND t.key = p.key)`,
  `SELECT 1 FROM metrics m WHERE NOT EXISTS
     (SELECT 1 FROM latest_metrics l WHERE l.run_uuid = m.run_uuid AND l.key = m.key AND l.step >= m.step)`,
  `SELECT 1 FROM runs WHERE name LIKE 'run %'
     AND NOT EXISTS (SELECT 1 FROM tags t WHERE t.run_uuid = runs.run_uuid AND t.key = 'number')`,
  `SELECT 1 FROM registered_models m WHERE name LIKE 'model %'
     AND NOT EXISTS (SELECT 1 FROM registered_model_tags t WHERE t.name = m.name)`,
  `SELECT 1 FROM trace_info i WHERE NOT EXISTS
     (SELECT 1 FROM trace_tags t WHERE t.request_id = i.request_id AND t.key = 'number')`,
];
