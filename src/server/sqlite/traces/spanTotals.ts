import {
  type ExactJson,
  type ExactJsonObject,
  NumberText,
  tryParseJsonObject,
} from '../../../core/base/pythonJson.js';
import { SPAN_ATTRIBUTES, type SpanAttribute } from '../../../core/domain/trace.js';
import { groupBy } from '../grouping.js';
import { COST_KEYS, TOKEN_KEYS } from './analytics.js';

/** What counts of a span for the totals of its trace. */
export interface CountedSpan {
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly SpanAttribute[];
}

type Totals = Readonly<Record<string, number>>;

/** The token usage of a trace, summed over its spans; undefined where no span tells any. */
export function totalUsage(spans: readonly CountedSpan[]): Totals | undefined {
  return total(dataThatCounts(spans, SPAN_ATTRIBUTES.tokenUsage), TOKEN_KEYS, 3);
}

/** The cost of a trace, summed over its spans; undefined where no span tells any. */
export function totalCost(spans: readonly CountedSpan[]): Totals | undefined {
  return total(dataThatCounts(spans, SPAN_ATTRIBUTES.cost), COST_KEYS, COST_KEYS.length);
}

/** A span that tells something tells it for the spans below it too, so these do not count. */
function dataThatCounts(spans: readonly CountedSpan[], attribute: string): ExactJsonObject[] {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const parentOf = ({ parentSpanId = '' }: CountedSpan) => (ids.has(parentSpanId) ? parentSpanId : '');
  const children = groupBy(spans, parentOf);
  const waiting = [...(children.get('') ?? [])];
  const counted: ExactJsonObject[] = [];
  for (let span = waiting.pop(); span !== undefined; span = waiting.pop()) {
    const data = tryParseJsonObject(span.attributes.find(({ key }) => key === attribute)?.value);
    if (data !== undefined) {
      counted.push(data);
      continue;
    }
    for (const child of children.get(span.spanId) ?? []) {
      waiting.push(child);
    }
  }
  return counted;
}

/** @param always how many of the keys are in a total even where no span has them */
function total(
  data: readonly ExactJsonObject[],
  keys: readonly string[],
  always: number,
): Totals | undefined {
  if (data.length === 0) {
    return undefined;
  }
  const known = keys.filter((key, index) => index < always || data.some((each) => Object.hasOwn(each, key)));
  return Object.fromEntries(
    known.map((key) => [key, data.reduce((sum, each) => sum + numberOf(each[key]), 0)]),
  );
}

function numberOf(value: ExactJson | undefined): number {
  return value instanceof NumberText && Number.isFinite(value.value) ? value.value : 0;
}
