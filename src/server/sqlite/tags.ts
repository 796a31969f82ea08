import { doesNotExist } from '../../core/base/errors.js';
import { SYSTEM_TAGS, type Tag } from '../../core/domain/tag.js';
import { activeRunRow, touchRun, updateRun } from './runs.js';
import type { StoreContext } from './storeContext.js';
import { writeTag } from './tagRows.js';
import { checkedTag } from './validation.js';

export function setTag(context: StoreContext, runId: string, tag: Tag): void {
  const checked = checkedTag(tag, context.settings.truncateLongValues);
  const row = activeRunRow(context, runId);
  writeCheckedTag(context, row.run_uuid, checked);
  touchRun(context, row);
}

/** Writes a tag that was checked, of a run that is active. The tag with the run's name renames the run. */
export function writeCheckedTag(context: StoreContext, runId: string, tag: Tag): void {
  if (tag.key === SYSTEM_TAGS.runName) {
    updateRun(context, { runId, runName: tag.value });
  } else {
    writeTag(context, runId, tag);
  }
}

export function deleteTag(context: StoreContext, runId: string, key: string): void {
  const row = activeRunRow(context, runId);
  if (context.database.run('DELETE FROM tags WHERE run_uuid = ? AND key = ?', row.run_uuid, key) === 0) {
    throw doesNotExist(`No tag with name: ${key} in run with id ${runId}`);
  }
  touchRun(context, row);
}
