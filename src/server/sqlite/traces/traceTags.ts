import { doesNotExist, invalidParameter } from '../../../core/base/errors.js';
import { LIMITS } from '../../../core/base/limits.js';
import type { Tag } from '../../../core/domain/tag.js';
import { TRACE_TAGS } from '../../../core/domain/trace.js';
import type { StoreContext } from '../storeContext.js';
import { checkedTraceTag, checkLength } from '../validation.js';
import { isSet } from './analytics.js';
import { requireTraces } from './startTrace.js';
import { hasPromotedColumns, traceRow } from './traceRows.js';
import { updateTrace, writeTags } from './traceWrites.js';

export function setTraceTag(context: StoreContext, traceId: string, tag: Tag): void {
  requireTraces(context);
  checkNotLocation(tag.key);
  const checked = checkedTraceTag(tag, context.settings.truncateLongValues);
  if (checked.key === TRACE_TAGS.name) {
    checkLength('Trace name', checked.value, LIMITS.traceNameLength);
  }
  writeTags(context, traceRow(context, traceId).request_id, [checked]);
}

export function deleteTraceTag(context: StoreContext, traceId: string, key: string): void {
  requireTraces(context);
  checkNotLocation(key);
  if (!removed(context, traceId, key)) {
    throw doesNotExist(`No trace tag with key '${key}' for trace with ID '${traceId}'`);
  }
}

/** Where the files of a trace are is the store's to say: the server opens them. */
function checkNotLocation(key: string): void {
  if (key === TRACE_TAGS.artifactLocation) {
    throw invalidParameter(`The tag '${key}' of a trace is set by the store alone.`);
  }
}

function removed(context: StoreContext, traceId: string, key: string): boolean {
  if (key === TRACE_TAGS.name && hasPromotedColumns(context)) {
    const had = isSet(traceRow(context, traceId).trace_name);
    updateTrace(context, traceId, { trace_name: null });
    return had;
  }
  return context.database.run('DELETE FROM trace_tags WHERE request_id = ? AND key = ?', traceId, key) > 0;
}
