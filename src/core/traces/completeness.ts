import { NumberText, tryParseJsonObject } from '../base/pythonJson.js';
import { tagValue } from '../domain/tag.js';
import { SPANS_IN_STORE, type Trace, TRACE_METADATA, TRACE_TAGS, type TraceInfo } from '../domain/trace.js';

/** Whether the spans of a trace are in the store and not in a file among its artifacts. */
export function keepsSpansInStore({ tags }: Pick<TraceInfo, 'tags'>): boolean {
  return tagValue(tags, TRACE_TAGS.spansLocation) === SPANS_IN_STORE;
}

/**
 * Whether all spans of a trace have arrived, as far as is known: the client says how many there are when the
 * trace has ended, and sends the spans beside that.
 */
export function isComplete({ info, spans }: Trace): boolean {
  return spans.length > 0 && spans.length >= announcedSpans(info);
}

function announcedSpans({ metadata }: TraceInfo): number {
  const stats = tryParseJsonObject(tagValue(metadata, TRACE_METADATA.sizeStats));
  return stats?.num_spans instanceof NumberText ? stats.num_spans.value : 0;
}
