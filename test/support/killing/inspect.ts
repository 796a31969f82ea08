// What a database holds after its server was killed.
import { DatabaseSync } from 'node:sqlite';
import { HALVES, type Proof } from './writeKinds.js';

/** What was found. */
export interface Findings {
  /** Acknowledged writes that are not there. */
  readonly lost: readonly Proof[];
  /** Statements of {@link HALVES} that found something. */
  readonly halves: readonly string[];
  /** What SQLite's integrity check says: `ok`. */
  readonly integrity: string;
  readonly runs: number;
}

/** Looks into a database. @param proofs of what was acknowledged */
export function inspect(path: string, proofs: readonly Proof[]): Findings {
  const database = new DatabaseSync(path);
  try {
    const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();
    const holds = ({ sql, values }: Proof): boolean => {
      const statement = statements.get(sql) ?? database.prepare(sql);
      statements.set(sql, statement);
      return statement.get(...values) !== undefined;
    };
    return {
      lost: proofs.filter((proof) => !holds(proof)),
      halves: HALVES.filter((sql) => database.prepare(sql).get() !== undefined),
      integrity: Object.values(database.prepare('PRAGMA integrity_check').get() ?? {}).join(),
      runs: Number(database.prepare('SELECT count(*) AS n FROM runs').get()?.n),
    };
  } finally {
    database.close();
  }
}
