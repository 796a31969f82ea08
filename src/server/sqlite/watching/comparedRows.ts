import type { Database } from '../database.js';
import type { Touched } from './touched.js';
import type { ComparedTable } from './watchedTables.js';

interface Row {
  readonly owner: string;
  readonly content: string;
}

/** The newest rows of a table that is updated in place, as they were seen last. */
export class ComparedRows {
  private seen: ReadonlyMap<number, Row>;

  constructor(
    private readonly database: Database,
    private readonly table: ComparedTable,
  ) {
    this.seen = this.read();
  }

  /** Takes the rows as they are now, and tells whose are not what they were. */
  compare(touched: Touched): void {
    const before = this.seen;
    const now = this.read();
    this.seen = now;
    const { kind, rows } = this.table;
    for (const [rowid, { owner, content }] of now) {
      const was = before.get(rowid);
      if (was !== undefined && (was.content !== content || was.owner !== owner)) {
        touched.add(kind, owner);
        touched.add(kind, was.owner);
      }
    }
    // Rows that were pushed out by newer ones are older than the oldest that is seen now.
    const oldest = now.size < rows ? 0 : Math.min(...now.keys());
    for (const [rowid, { owner }] of before) {
      if (rowid >= oldest && !now.has(rowid)) {
        this.deleted(owner, touched);
      }
    }
  }

  /** Takes the rows as they are now without telling of them. */
  refresh(): void {
    this.seen = this.read();
  }

  /** Who shows a run that is gone finds out only by reading all that are there. */
  private deleted(owner: string, touched: Touched): void {
    if (this.table.kind === 'run') {
      touched.lose();
    } else {
      touched.add(this.table.kind, owner);
    }
  }

  private read(): ReadonlyMap<number, Row> {
    const { table, owner, content, rows } = this.table;
    const read = this.database.allArrays(
      `SELECT rowid, ${owner}, ${content} FROM ${table} ORDER BY rowid DESC LIMIT ${rows}`,
    );
    return new Map(
      read.map(([rowid, of, is]) => [Number(rowid), { owner: String(of), content: String(is) }]),
    );
  }
}
