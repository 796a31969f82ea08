import { readFileSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

import { MlflowError } from '../../../src/core/base/errors.js';
import type { Experiment, ViewType } from '../../../src/core/domain/experiment.js';
import { LOGGED_MODEL_STATUSES, type LoggedModel } from '../../../src/core/domain/loggedModel.js';
import { isRunStatus, type Run } from '../../../src/core/domain/run.js';
import { type CompiledSearch, orderColumn, selectPage } from '../../../src/core/search/keyset.js';
import { createSqlRegexp } from '../../../src/core/search/regexp/regexp.js';
import type { SqlValue } from '../../../src/core/search/sql.js';
import type { LoggedModelOrder } from '../../../src/core/stores/trackingStore.js';

/** What test/python/search_reference.py recorded. */
export interface Reference {
  readonly mlflow: string;
  readonly schema: readonly string[];
  readonly tables: Readonly<
    Record<string, { readonly columns: readonly string[]; readonly rows: readonly (readonly SqlValue[])[] }>
  >;
  readonly cases: readonly Case[];
}

interface Answer {
  readonly filter: string;
  readonly ids?: readonly string[];
  readonly error?: string;
}

export interface RunCase extends Answer {
  readonly kind: 'run';
  readonly orderBy: readonly string[];
  readonly view: ViewType;
  readonly experiments: readonly string[];
}

export interface ExperimentCase extends Answer {
  readonly kind: 'experiment';
  readonly orderBy: readonly string[];
  readonly view: ViewType;
}

export interface LoggedModelCase extends Answer {
  readonly kind: 'loggedModel';
  readonly orderBy: readonly LoggedModelOrder[];
  readonly experiments: readonly string[];
  readonly datasets: readonly { readonly name: string; readonly digest?: string }[];
}

export type Case = RunCase | ExperimentCase | LoggedModelCase;

const FIXTURE = new URL('../../fixtures/search/reference.json', import.meta.url);

export function readReference(): Reference {
  return JSON.parse(readFileSync(FIXTURE, 'utf8')) as Reference;
}

/** A database with MLflow's schema and the recorded rows. */
export function openReference(reference: Reference): DatabaseSync {
  const database = openEmpty(reference);
  for (const [table, { columns, rows }] of Object.entries(reference.tables)) {
    const names = columns.map((name) => `"${name}"`).join(', ');
    const insert = database.prepare(
      `INSERT INTO ${table} (${names}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    rows.forEach((row) => insert.run(...row));
  }
  return database;
}

/** A database with MLflow's schema only, set up as a store sets its connections up. */
export function openEmpty(reference: Reference): DatabaseSync {
  const database = new DatabaseSync(':memory:', { enableForeignKeyConstraints: false });
  database.exec('PRAGMA case_sensitive_like = 1');
  database.function(
    'regexp',
    { deterministic: true },
    createSqlRegexp() as (...args: SQLInputValue[]) => number,
  );
  reference.schema.forEach((sql) => database.exec(sql));
  return database;
}

/** The ids that a search finds, all on one page. */
export function idsOf(database: DatabaseSync, search: CompiledSearch, idColumn: string): string[] {
  const { sql, params } = selectPage(search, `${idColumn} AS id`, { limit: 100_000 });
  return database
    .prepare(sql)
    .all(...params)
    .map((row) => String(row['id']));
}

/** The ids that a search finds, read page by page. */
export function idsByPages(
  database: DatabaseSync,
  search: CompiledSearch,
  idColumn: string,
  limit: number,
): string[] {
  const ids: string[] = [];
  let after: SqlValue[] | undefined;
  for (;;) {
    const { sql, params } = selectPage(search, `${idColumn} AS id`, { limit, ...(after ? { after } : {}) });
    const rows = database.prepare(sql).all(...params);
    ids.push(...rows.map((row) => String(row['id'])));
    const last = rows.at(-1);
    if (last === undefined) {
      return ids;
    }
    after = search.orderKeys.map((_, index) => last[orderColumn(index)] as SqlValue);
  }
}

/** The code of the error that `action` ends with, or what it returns. Anything but an MlflowError is thrown on. */
export function outcome<T>(action: () => T): { readonly value: T } | { readonly error: string } {
  try {
    return { value: action() };
  } catch (error) {
    if (MlflowError.is(error)) {
      return { error: error.code };
    }
    throw error;
  }
}

type Row = Readonly<Record<string, unknown>>;

function rowsOf({ tables }: Reference, name: string): Row[] {
  const { columns, rows } = tables[name] ?? { columns: [], rows: [] };
  return rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
}

function pairs(rows: readonly Row[], key: string, value: string) {
  return rows.map((row) => ({ key: String(row[key]), value: String(row[value]) }));
}

function optional<K extends string, V>(key: K, value: V | null | undefined): { [P in K]?: V } {
  return value === null || value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}

/** The recorded runs as a store gives them. */
export function runsOf(reference: Reference): Run[] {
  const [metrics, params, tags, inputs, datasets, inputTags] = [
    'latest_metrics',
    'params',
    'tags',
    'inputs',
    'datasets',
    'input_tags',
  ].map((name) => rowsOf(reference, name)) as [Row[], Row[], Row[], Row[], Row[], Row[]];
  return rowsOf(reference, 'runs').map((row): Run => {
    const own = (rows: readonly Row[]) => rows.filter((other) => other['run_uuid'] === row['run_uuid']);
    const status = row['status'];
    return {
      info: {
        runId: String(row['run_uuid']),
        runName: String(row['name']),
        experimentId: String(row['experiment_id']),
        userId: String(row['user_id']),
        status: isRunStatus(status) ? status : 'RUNNING',
        artifactUri: String(row['artifact_uri']),
        lifecycleStage: row['lifecycle_stage'] === 'deleted' ? 'deleted' : 'active',
        ...optional('startTime', row['start_time'] as number | null),
        ...optional('endTime', row['end_time'] as number | null),
      },
      metrics: own(metrics).map((metric) => ({
        key: String(metric['key']),
        value: metric['is_nan'] ? Number.NaN : Number(metric['value']),
        timestamp: Number(metric['timestamp']),
        step: Number(metric['step']),
      })),
      params: pairs(own(params), 'key', 'value'),
      tags: pairs(own(tags), 'key', 'value'),
      datasetInputs: inputs
        .filter((input) => input['destination_id'] === row['run_uuid'])
        .flatMap((input) =>
          datasets
            .filter((dataset) => dataset['dataset_uuid'] === input['source_id'])
            .map((dataset) => ({
              dataset: {
                name: String(dataset['name']),
                digest: String(dataset['digest']),
                sourceType: 'local',
                source: '{}',
              },
              tags: pairs(
                inputTags.filter((tag) => tag['input_uuid'] === input['input_uuid']),
                'name',
                'value',
              ),
            })),
        ),
      modelInputs: [],
      modelOutputs: [],
    };
  });
}

/** The recorded experiments as a store gives them. */
export function experimentsOf(reference: Reference): Experiment[] {
  const tags = rowsOf(reference, 'experiment_tags');
  return rowsOf(reference, 'experiments').map((row) => ({
    experimentId: String(row['experiment_id']),
    name: String(row['name']),
    artifactLocation: String(row['artifact_location']),
    lifecycleStage: row['lifecycle_stage'] === 'deleted' ? 'deleted' : 'active',
    ...optional('creationTime', row['creation_time'] as number | null),
    ...optional('lastUpdateTime', row['last_update_time'] as number | null),
    tags: pairs(
      tags.filter((tag) => tag['experiment_id'] === row['experiment_id']),
      'key',
      'value',
    ),
  }));
}

/** The recorded logged models that are not deleted, as a store gives them. */
export function loggedModelsOf(reference: Reference): LoggedModel[] {
  const [metrics, params, tags] = ['metrics', 'params', 'tags'].map((name) =>
    rowsOf(reference, `logged_model_${name}`),
  ) as [Row[], Row[], Row[]];
  const models = rowsOf(reference, 'logged_models').filter((row) => row['lifecycle_stage'] !== 'deleted');
  return models.map((row): LoggedModel => {
    const own = (rows: readonly Row[]) => rows.filter((other) => other['model_id'] === row['model_id']);
    return {
      modelId: String(row['model_id']),
      experimentId: String(row['experiment_id']),
      name: String(row['name']),
      artifactUri: String(row['artifact_location']),
      creationTime: Number(row['creation_timestamp_ms']),
      lastUpdatedTime: Number(row['last_updated_timestamp_ms']),
      status: LOGGED_MODEL_STATUSES[Number(row['status']) - 1] ?? 'LOGGED_MODEL_PENDING',
      ...optional('statusMessage', row['status_message'] as string | null),
      ...optional('modelType', row['model_type'] as string | null),
      ...optional('sourceRunId', row['source_run_id'] as string | null),
      tags: pairs(own(tags), 'tag_key', 'tag_value'),
      params: pairs(own(params), 'param_key', 'param_value'),
      metrics: own(metrics).map((metric) => ({
        key: String(metric['metric_name']),
        value: Number(metric['metric_value']),
        timestamp: Number(metric['metric_timestamp_ms']),
        step: Number(metric['metric_step']),
        modelId: String(metric['model_id']),
        runId: String(metric['run_id']),
        ...optional('datasetName', metric['dataset_name'] as string | null),
        ...optional('datasetDigest', metric['dataset_digest'] as string | null),
      })),
    };
  });
}
