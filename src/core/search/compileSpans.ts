import type { Comparison } from './ast.js';
import { allOf, compileCondition, fragment, type HasTable, type SqlFragment } from './sql.js';

const ATTRIBUTES = 'attributes.';

/** Whether a condition is one on the spans of a trace: `trace.text` is the text of any. */
export function isAboutSpan({ field }: Comparison): boolean {
  return field.group === 'span' || (field.group === 'attribute' && field.key === 'text');
}

/** The condition that one span of the trace `t` meets all of the conditions. */
export function compileSpans(comparisons: readonly Comparison[], has: HasTable): SqlFragment {
  if (!has('spans')) {
    return fragment('0');
  }
  const { sql, params } = allOf(comparisons.map(compileSpan));
  return { sql: `EXISTS (SELECT 1 FROM spans x WHERE x.trace_id = t.request_id AND ${sql})`, params };
}

function compileSpan(comparison: Comparison): SqlFragment {
  const { key } = comparison.field;
  if (key.startsWith(ATTRIBUTES)) {
    return compileAttribute(comparison, key.slice(ATTRIBUTES.length).replace(/^`(.*)`$/s, '$1'));
  }
  switch (key) {
    case 'name':
    case 'type':
    case 'status':
      return compileCondition(`x.${key}`, comparison);
    default:
      return compileCondition('x.content', comparison);
  }
}

/**
 * LIKE looks at all that follows the attribute's name in the text of the span, as in MLflow; anything else at
 * the attribute's value, a text without its quotes.
 */
function compileAttribute(comparison: Comparison, name: string): SqlFragment {
  const { comparator, value } = comparison;
  if (comparator === 'LIKE' || comparator === 'ILIKE') {
    return compileCondition('x.content', { ...comparison, value: `%"${name}"${String(value)}%` });
  }
  const { sql, params } = compileCondition(
    "CASE WHEN json_valid(a.value) THEN json_extract(a.value, '$') ELSE a.value END",
    comparison,
  );
  return fragment(
    "EXISTS (SELECT 1 FROM json_each(CASE WHEN json_valid(x.content) THEN x.content ELSE '{}' END, " +
      `'$.attributes') a WHERE a.key = ? AND ${sql})`,
    name,
    ...params,
  );
}
