import { MlflowError } from '../../../core/base/errors.js';
import { pythonJson, tryParsePythonJson } from '../../../core/base/pythonJson.js';
import type { Tag } from '../../../core/domain/tag.js';
import { type LoggedSpan, SPAN_ATTRIBUTES, type SpanAttribute } from '../../../core/domain/trace.js';
import { checkedTraceTag } from '../validation.js';

/** Attributes of the program that say nothing of it, and those that are MLflow's own business. */
const NO_TAGS = ['telemetry.sdk.', 'mlflow.'];

/**
 * The tags that spans of one trace bring with them: what is known of the program they come from, and over that
 * those that OpenTelemetry's exporters carry as attributes of the root. What cannot be a tag is left out.
 */
export function tagsOfSpans(spans: readonly LoggedSpan[], truncate: boolean): Tag[] {
  const resource = spans.find((span) => span.resource.length > 0)?.resource ?? [];
  const root = spans.findLast(({ parentSpanId }) => parentSpanId === undefined);
  return [
    ...resource.filter(({ key }) => !NO_TAGS.some((prefix) => key.startsWith(prefix))),
    ...(root?.attributes ?? []).flatMap(carriedTag),
  ].flatMap(({ key, value }) => checked({ key, value: plainText(value) }, truncate));
}

function carriedTag({ key, value }: SpanAttribute): SpanAttribute[] {
  const prefix = SPAN_ATTRIBUTES.traceTagPrefix;
  return key.startsWith(prefix) ? [{ key: key.slice(prefix.length), value }] : [];
}

/** A text as it is, anything else as its JSON. */
function plainText(json: string): string {
  const value = tryParsePythonJson(json);
  return typeof value === 'string' ? value : value === undefined ? json : pythonJson(value, { ascii: true });
}

function checked(tag: Tag, truncate: boolean): Tag[] {
  try {
    return [checkedTraceTag(tag, truncate)];
  } catch (error) {
    if (MlflowError.is(error, 'INVALID_PARAMETER_VALUE')) {
      return [];
    }
    throw error;
  }
}
