import type { Database } from '../database.js';
import type { Touched } from './touched.js';

/** So many runs are followed closely, those that were heard of last. */
const MOST_RUNS = 100;

const ROWS = `SELECT run_uuid, status || char(31) || ifnull(end_time, '') || char(31) || lifecycle_stage
    || char(31) || ifnull(name, '')
  FROM runs WHERE run_uuid IN (SELECT value FROM json_each(?1))
  UNION ALL
  SELECT run_uuid, key || char(31) || value FROM tags WHERE run_uuid IN (SELECT value FROM json_each(?1))`;

const RUNNING = `SELECT run_uuid FROM (SELECT run_uuid, status FROM runs ORDER BY rowid DESC LIMIT 500)
  WHERE status = 'RUNNING' LIMIT ${MOST_RUNS}`;

/**
 * The runs that something happens to: at first those that are running, then those that rows came for. Their tags are
 * replaced in place, which leaves no new row, so they are compared.
 */
export class ActiveRuns {
  /** What was seen of each, in the order in which they were heard of; undefined for one that was not read yet. */
  private readonly seen = new Map<string, string | undefined>();

  constructor(private readonly database: Database) {
    database
      .all<{ run_uuid: string }>(RUNNING)
      .reverse()
      .forEach((row) => this.seen.set(row.run_uuid, undefined));
    this.refresh();
  }

  /** Takes the runs as they are now, and tells which are not what they were. @param touched knows who is active */
  compare(touched: Touched): void {
    this.follow(touched.runIds);
    for (const [runId, content] of this.read()) {
      const was = this.seen.get(runId);
      this.seen.set(runId, content);
      if (was !== undefined && was !== content) {
        touched.add('run', runId);
      }
    }
  }

  /** Takes the runs as they are now without telling of them. */
  refresh(): void {
    this.read().forEach((content, runId) => this.seen.set(runId, content));
  }

  private follow(runIds: Iterable<string>): void {
    for (const runId of runIds) {
      const content = this.seen.get(runId);
      this.seen.delete(runId);
      this.seen.set(runId, content);
    }
    for (const runId of [...this.seen.keys()].slice(0, Math.max(0, this.seen.size - MOST_RUNS))) {
      this.seen.delete(runId);
    }
  }

  private read(): ReadonlyMap<string, string> {
    const contents = new Map<string, string>();
    if (this.seen.size > 0) {
      const rows = this.database.allArrays(ROWS, JSON.stringify([...this.seen.keys()]));
      for (const [id, content] of rows) {
        const runId = String(id);
        contents.set(runId, `${contents.get(runId) ?? ''}${String(content)}\n`);
      }
    }
    return contents;
  }
}
