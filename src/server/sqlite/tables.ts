import { MlflowError } from '../../core/base/errors.js';
import type { Database } from './database.js';

/** The tables and columns that a database has: revisions differ, so nothing is taken for granted. */
export class Tables {
  private readonly columnsOf = new Map<string, Set<string>>();
  private readonly indexes: ReadonlySet<string>;

  constructor(database: Database) {
    const rows = database.all<{ tableName: string; columnName: string }>(
      `SELECT m.name AS tableName, c.name AS columnName
       FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'`,
    );
    for (const { tableName, columnName } of rows) {
      const columns = this.columnsOf.get(tableName) ?? new Set();
      columns.add(columnName);
      this.columnsOf.set(tableName, columns);
    }
    const indexes = database.all<{ name: string }>(`SELECT name FROM sqlite_master WHERE type = 'index'`);
    this.indexes = new Set(indexes.map(({ name }) => name));
  }

  has(table: string, column?: string): boolean {
    const columns = this.columnsOf.get(table);
    return columns !== undefined && (column === undefined || columns.has(column));
  }

  hasIndex(name: string): boolean {
    return this.indexes.has(name);
  }

  /**
   * The table `metrics` for a statement about one run: left alone, SQLite may take the primary key, which
   * starts with the metric's key and so leads through every run that logged it.
   * @param indexes what may lead to the rows of a run, the best first
   */
  metricsOfRun(...indexes: readonly string[]): string {
    const index = indexes.find((name) => this.hasIndex(name));
    return index === undefined ? 'metrics' : `metrics INDEXED BY ${index}`;
  }

  /**
   * Fails where the database is too old to know logged models (they came with MLflow 3.0). The code is one
   * that MLflow's clients do not repeat the request for.
   */
  requireLoggedModels(): void {
    if (!this.has('logged_models')) {
      throw new MlflowError(
        'NOT_IMPLEMENTED',
        'This database was made by an MLflow older than 3.0 and cannot hold logged models. ' +
          'Back it up and upgrade it with `mlflow db upgrade`, or use an MLflow 2 client.',
      );
    }
  }

  /**
   * Fails, with the same code, where the database is too old to have a table.
   * @param what the table holds
   * @param since the release of MLflow that it came with
   */
  require(table: string, what: string, since: string): void {
    if (!this.has(table)) {
      throw new MlflowError(
        'NOT_IMPLEMENTED',
        `This database was made by an MLflow older than ${since} and cannot hold ${what}. ` +
          'Back it up and upgrade it with `mlflow db upgrade`.',
      );
    }
  }
}
