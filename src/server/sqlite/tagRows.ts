import type { Tag } from '../../core/domain/tag.js';
import type { StoreContext } from './storeContext.js';

/** Writes one tag of a run as it is, over an older value. */
export function writeTag({ database }: StoreContext, runId: string, tag: Tag): void {
  database.run(
    `INSERT INTO tags (run_uuid, key, value) VALUES (?, ?, ?)
     ON CONFLICT (key, run_uuid) DO UPDATE SET value = excluded.value`,
    runId,
    tag.key,
    tag.value,
  );
}
