import type { Tables } from '../tables.js';

/** What changes with a row: a run, an experiment or a registered model, or nothing that anybody is told of. */
export type OwnerKind = 'run' | 'experiment' | 'registeredModel' | 'none';

/** A table that only grows, or mostly: its new rows are those above the highest rowid that was seen. */
export interface GrowingTable {
  readonly table: string;
  readonly kind: OwnerKind;
  /** An expression for the id or the name of what the row belongs to; null where it belongs to nothing. */
  readonly owner: string;
  /** What tells a row from another that has taken its rowid, as an expression. Not what an update can change. */
  readonly key: string;
}

/** A table whose rows are updated in place: the newest of them are compared with what they were. */
export interface ComparedTable {
  readonly table: string;
  readonly kind: OwnerKind;
  readonly owner: string;
  /** What is compared, as an expression. */
  readonly content: string;
  /** How many of the newest rows are compared. */
  readonly rows: number;
}

const joined = (...columns: readonly string[]): string =>
  columns.map((column) => `ifnull(${column}, '')`).join(` || char(31) || `);

/** A value that can be long: its length and its start. */
const shortened = (column: string): string => `length(${column}) || ':' || substr(${column}, 1, 200)`;

const RUN_OF_INPUT = `CASE WHEN destination_type = 'RUN' THEN destination_id
  WHEN source_type IN ('RUN_INPUT', 'RUN_OUTPUT') THEN source_id END`;

/** As in every release from 2.9 on these are rowid tables without AUTOINCREMENT, a new row gets the highest + 1. */
const GROWING: readonly GrowingTable[] = [
  { table: 'runs', kind: 'run', owner: 'run_uuid', key: 'run_uuid' },
  {
    table: 'metrics',
    kind: 'run',
    owner: 'run_uuid',
    key: joined('run_uuid', 'key', 'step', 'timestamp', 'value'),
  },
  { table: 'params', kind: 'run', owner: 'run_uuid', key: joined('run_uuid', 'key') },
  { table: 'tags', kind: 'run', owner: 'run_uuid', key: joined('run_uuid', 'key') },
  { table: 'inputs', kind: 'run', owner: RUN_OF_INPUT, key: 'input_uuid' },
  { table: 'logged_model_metrics', kind: 'run', owner: 'run_id', key: joined('model_id', 'metric_step') },
  { table: 'assessments', kind: 'run', owner: 'run_id', key: 'assessment_id' },
  { table: 'experiments', kind: 'experiment', owner: 'experiment_id', key: 'creation_time' },
  {
    table: 'experiment_tags',
    kind: 'experiment',
    owner: 'experiment_id',
    key: joined('experiment_id', 'key'),
  },
  { table: 'logged_models', kind: 'experiment', owner: 'experiment_id', key: 'model_id' },
  {
    table: 'logged_model_params',
    kind: 'experiment',
    owner: 'experiment_id',
    key: joined('model_id', 'param_key'),
  },
  {
    table: 'logged_model_tags',
    kind: 'experiment',
    owner: 'experiment_id',
    key: joined('model_id', 'tag_key'),
  },
  { table: 'registered_models', kind: 'registeredModel', owner: 'name', key: 'creation_time' },
  { table: 'registered_model_tags', kind: 'registeredModel', owner: 'name', key: 'key' },
  { table: 'registered_model_aliases', kind: 'registeredModel', owner: 'name', key: 'alias' },
  {
    table: 'model_versions',
    kind: 'registeredModel',
    owner: 'name',
    key: joined('version', 'creation_time'),
  },
  { table: 'model_version_tags', kind: 'registeredModel', owner: 'name', key: joined('version', 'key') },
  // Nobody is told of traces and evaluation datasets, whoever writes them; but their rows explain a commit.
  { table: 'trace_info', kind: 'none', owner: 'NULL', key: 'request_id' },
  { table: 'trace_tags', kind: 'none', owner: 'NULL', key: joined('request_id', 'key') },
  { table: 'trace_request_metadata', kind: 'none', owner: 'NULL', key: joined('request_id', 'key') },
  { table: 'spans', kind: 'none', owner: 'NULL', key: joined('trace_id', 'span_id') },
  { table: 'evaluation_datasets', kind: 'none', owner: 'NULL', key: 'dataset_id' },
  { table: 'evaluation_dataset_records', kind: 'none', owner: 'NULL', key: 'dataset_record_id' },
  { table: 'entity_associations', kind: 'none', owner: 'NULL', key: 'association_id' },
];

const COMPARED: readonly ComparedTable[] = [
  {
    table: 'runs',
    kind: 'run',
    owner: 'run_uuid',
    content: joined('status', 'end_time', 'lifecycle_stage', 'name', 'start_time'),
    rows: 500,
  },
  {
    table: 'experiments',
    kind: 'experiment',
    owner: 'experiment_id',
    content: joined('name', 'lifecycle_stage', 'last_update_time'),
    rows: 1000,
  },
  {
    table: 'experiment_tags',
    kind: 'experiment',
    owner: 'experiment_id',
    content: joined('key', shortened('value')),
    rows: 500,
  },
  {
    table: 'logged_models',
    kind: 'experiment',
    owner: 'experiment_id',
    content: joined('status', 'lifecycle_stage', 'last_updated_timestamp_ms'),
    rows: 200,
  },
  {
    table: 'logged_model_tags',
    kind: 'experiment',
    owner: 'experiment_id',
    content: joined('model_id', 'tag_key', shortened('tag_value')),
    rows: 200,
  },
  {
    table: 'registered_models',
    kind: 'registeredModel',
    owner: 'name',
    content: joined('last_updated_time', shortened('description')),
    rows: 300,
  },
  {
    table: 'model_versions',
    kind: 'registeredModel',
    owner: 'name',
    content: joined('version', 'last_updated_time', 'status', 'current_stage'),
    rows: 300,
  },
  {
    table: 'registered_model_aliases',
    kind: 'registeredModel',
    owner: 'name',
    content: joined('alias', 'version'),
    rows: 300,
  },
  {
    table: 'registered_model_tags',
    kind: 'registeredModel',
    owner: 'name',
    content: joined('key', shortened('value')),
    rows: 200,
  },
  {
    table: 'model_version_tags',
    kind: 'registeredModel',
    owner: 'name',
    content: joined('version', 'key', shortened('value')),
    rows: 200,
  },
];

/** The growing tables that a database has. */
export function growingTables(tables: Tables): readonly GrowingTable[] {
  return GROWING.filter(({ table }) => tables.has(table));
}

/** The tables to compare that a database has. */
export function comparedTables(tables: Tables): readonly ComparedTable[] {
  return COMPARED.filter(({ table }) => tables.has(table));
}
