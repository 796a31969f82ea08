import { readFileSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

import { MlflowError } from '../../../src/core/base/errors.js';
import type { ViewType } from '../../../src/core/domain/experiment.js';
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
    .map((row) => String(row.id));
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
    ids.push(...rows.map((row) => String(row.id)));
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
