import type { StoreChange } from '../../../core/domain/changes.js';
import type { StoreContext } from '../storeContext.js';
import { ActiveRuns } from './activeRuns.js';
import { ComparedRows } from './comparedRows.js';
import { RowMarks } from './rowMarks.js';
import { ExperimentsOfRuns, Touched } from './touched.js';
import { comparedTables } from './watchedTables.js';

/**
 * Finds out what other processes changed in a database since the last look: from new rows, and from a bounded number
 * of rows that are compared with what they were.
 */
export class OtherWriters {
  private readonly marks: RowMarks;
  private readonly compared: readonly ComparedRows[];
  private readonly active: ActiveRuns;
  private readonly experiments: ExperimentsOfRuns;
  /** What was found so far: a look that fails in the middle is gone on with by the next. */
  private touched = new Touched();

  /** What the database holds now counts as seen. */
  constructor({ database, tables }: Pick<StoreContext, 'database' | 'tables'>) {
    this.marks = new RowMarks(database, tables);
    this.compared = comparedTables(tables).map((table) => new ComparedRows(database, table));
    this.active = new ActiveRuns(database);
    this.experiments = new ExperimentsOfRuns(database);
  }

  /**
   * What has changed. "Everything" where too much has, or rows are gone; undefined where nothing is found, so that
   * what changed is something else. Those that changed something which nobody is told of are no change.
   */
  find(): StoreChange | undefined {
    const { touched } = this;
    this.marks.readNew(touched);
    this.compared.forEach((rows) => rows.compare(touched));
    this.active.compare(touched);
    const change = touched.toChange(this.experiments);
    this.touched = new Touched();
    return change;
  }

  /** Takes the rows that a transaction of our own adds for seen. To be called in it. */
  passOverRows(): void {
    this.marks.passOver();
  }

  /** Takes for seen what our own transactions changed in place, when nobody else has written meanwhile. */
  passOverUpdates(): void {
    this.compared.forEach((rows) => rows.refresh());
    this.active.refresh();
  }
}
