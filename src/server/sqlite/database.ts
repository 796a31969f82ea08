import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { toInt64 } from '../../core/domain/int64.js';

/** What a column holds. Integers beyond 2^53 are bigints, all others numbers. */
export type SqlValue = null | number | bigint | string | Uint8Array;

/** What can be bound to a statement. node:sqlite binds numbers as REAL; the columns' affinity mends that. */
export type Bindable = null | number | bigint | string;

const STATEMENTS_KEPT = 200;

/**
 * A connection with its prepared statements. Integers that JavaScript's numbers cannot hold come back as
 * bigints: node:sqlite throws on them unless it is asked for bigints, which is slow, so a statement is only
 * repeated that way when it has thrown.
 */
export class Database {
  private readonly statements = new Map<string, StatementSync>();

  constructor(readonly connection: DatabaseSync) {}

  /** Every row of a reading statement. */
  all<T>(sql: string, ...values: Bindable[]): T[] {
    return this.read(sql, (statement) => statement.all(...values)) as T[];
  }

  /** Every row of a reading statement, each as the list of its values: cheaper for many rows. */
  allArrays(sql: string, ...values: Bindable[]): SqlValue[][] {
    try {
      return arraysOf(this.statement(sql, true), values);
    } catch (error) {
      if (!isIntegerOutOfRange(error)) {
        throw error;
      }
      const exact = this.connection.prepare(sql);
      exact.setReadBigInts(true);
      return arraysOf(exact, values).map((row) => row.map(narrow));
    }
  }

  /** The first row of a reading statement. */
  get<T>(sql: string, ...values: Bindable[]): T | undefined {
    const read = (statement: StatementSync): Record<string, SqlValue>[] => {
      const row = statement.get(...values);
      return row === undefined ? [] : [row];
    };
    return this.read(sql, read)[0] as T | undefined;
  }

  /** Runs a writing statement. @returns how many rows it changed */
  run(sql: string, ...values: Bindable[]): number {
    return Number(this.statement(sql).run(...values).changes);
  }

  /** Inserts a row. @returns its rowid */
  insertRow(sql: string, ...values: Bindable[]): number {
    return Number(this.statement(sql).run(...values).lastInsertRowid);
  }

  /** Something that changes when another connection commits. */
  dataVersion(): number {
    return this.get<{ data_version: number }>('PRAGMA data_version')?.data_version ?? 0;
  }

  /** Runs statements that neither take nor give values. */
  exec(sql: string): void {
    this.connection.exec(sql);
  }

  /** Ends a transaction, which SQLite itself may have ended already after an error. */
  rollBack(): void {
    try {
      this.run('ROLLBACK');
    } catch {
      // "no transaction is active": what was wanted.
    }
  }

  /** A prepared statement for a loop over many rows. */
  statement(sql: string, forArrays = false): StatementSync {
    const key = forArrays ? `[] ${sql}` : sql;
    const kept = this.statements.get(key);
    if (kept !== undefined) {
      return kept;
    }
    const made = this.connection.prepare(sql);
    if (this.statements.size >= STATEMENTS_KEPT) {
      this.statements.clear();
    }
    this.statements.set(key, made);
    return made;
  }

  close(): void {
    this.statements.clear();
    this.connection.close();
  }

  private read(
    sql: string,
    read: (statement: StatementSync) => Record<string, SqlValue>[],
  ): Record<string, SqlValue>[] {
    try {
      return read(this.statement(sql));
    } catch (error) {
      if (!isIntegerOutOfRange(error)) {
        throw error;
      }
      const exact = this.connection.prepare(sql);
      exact.setReadBigInts(true);
      return read(exact).map(narrowed);
    }
  }
}

/** Whether node:sqlite met an integer that a number cannot hold. */
function isIntegerOutOfRange(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_OUT_OF_RANGE';
}

function narrowed(row: Record<string, SqlValue>): Record<string, SqlValue> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, narrow(value)]));
}

function narrow(value: SqlValue): SqlValue {
  return typeof value === 'bigint' ? toInt64(value) : value;
}

/** The rows as lists. Node 22.15 cannot read them so, and makes objects whose order is the columns'. */
function arraysOf(statement: StatementSync, values: Bindable[]): SqlValue[][] {
  if (!('setReturnArrays' in statement)) {
    return (statement as StatementSync).all(...values).map((row) => Object.values(row));
  }
  statement.setReturnArrays(true);
  return statement.all(...values) as unknown as SqlValue[][];
}
