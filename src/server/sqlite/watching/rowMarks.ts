import type { Database } from '../database.js';
import type { Tables } from '../tables.js';
import type { Touched } from './touched.js';
import { type GrowingTable, growingTables } from './watchedTables.js';

/** When more rows than this have come to a table, they are not looked at one by one. */
const MOST_ROWS = 10_000;

/** So many of them are read by one statement: without a write-ahead log it keeps others from committing. */
const ROWS_AT_A_TIME = 2_000;

/** The newest row that was seen of a table. */
interface Mark {
  /** Its rowid, 0 for an empty table. */
  readonly top: number;
  /** SQLite gives the rowid of a deleted row away again when it was the highest: so what the row was counts too. */
  readonly key: string;
}

/** How far the rows of each table have been seen. What comes later is read from there on. */
export class RowMarks {
  private readonly tables: readonly GrowingTable[];
  private readonly topsOfAll: string;
  private readonly marks: Mark[];

  constructor(
    private readonly database: Database,
    tables: Tables,
  ) {
    this.tables = growingTables(tables);
    const tops = this.tables.map(({ table }) => `(SELECT max(rowid) FROM ${table})`);
    this.topsOfAll = `SELECT ${tops.join(', ')}`;
    this.marks = this.tops().map((top, index) => this.markAt(index, top));
  }

  /** Tells whose rows have come since the last time, and moves on to them. */
  readNew(touched: Touched): void {
    this.tops().forEach((top, index) => {
      const { [index]: table } = this.tables;
      const { [index]: mark } = this.marks;
      if (table === undefined || mark === undefined) {
        return;
      }
      const isLost = top < mark.top || top - mark.top > MOST_ROWS || this.keyAt(table, mark.top) !== mark.key;
      if (isLost) {
        touched.lose();
      } else {
        this.readOwners(table, mark.top, top, touched);
      }
      this.marks[index] = top === mark.top && !isLost ? mark : this.markAt(index, top);
    });
  }

  /** Moves on to the newest rows without telling of them: they are our own. */
  passOver(): void {
    this.tops().forEach((top, index) => {
      if (top !== this.marks[index]?.top) {
        this.marks[index] = this.markAt(index, top);
      }
    });
  }

  private readOwners({ table, kind, owner }: GrowingTable, from: number, to: number, touched: Touched): void {
    if (kind === 'none' && from < to) {
      touched.add(kind, null);
      return;
    }
    for (let start = from; start < to; start += ROWS_AT_A_TIME) {
      const rows = this.database.allArrays(
        `SELECT DISTINCT ${owner} FROM ${table} WHERE rowid > ? AND rowid <= ?`,
        start,
        Math.min(to, start + ROWS_AT_A_TIME),
      );
      rows.forEach(([id = null]) => touched.add(kind, id === null ? null : String(id)));
    }
  }

  private tops(): number[] {
    const [row = []] = this.database.allArrays(this.topsOfAll);
    return row.map((top) => Number(top ?? 0));
  }

  private markAt(index: number, top: number): Mark {
    const { [index]: table } = this.tables;
    return { top, key: table === undefined ? '' : this.keyAt(table, top) };
  }

  private keyAt({ table, key }: GrowingTable, rowid: number): string {
    if (rowid === 0) {
      return '';
    }
    const [row = []] = this.database.allArrays(`SELECT ${key} FROM ${table} WHERE rowid = ?`, rowid);
    return String(row[0] ?? '');
  }
}
