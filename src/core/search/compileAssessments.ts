import { pythonJson } from '../base/pythonJson.js';
import { TRACE_METADATA } from '../domain/trace.js';
import type { Comparison } from './ast.js';
import { compileCondition, fragment, type HasTable, type SqlFragment } from './sql.js';

const IS_NUMBER = "CASE WHEN json_valid(x.value) THEN json_type(x.value) END IN ('integer', 'real')";

/**
 * The condition on what was said about a trace, by the name of the assessment. What was said about a whole
 * session (its metadata names the session) counts for every trace of that session.
 */
export function compileAssessment(comparison: Comparison, has: HasTable): SqlFragment {
  const { comparator, field } = comparison;
  const isAbsence = comparator === 'IS NULL';
  if (!has('assessments')) {
    return fragment(isAbsence ? '1' : '0');
  }
  const value = isAbsence || comparator === 'IS NOT NULL' ? fragment('1') : compileValue(comparison);
  const { sql, params } = fragment(
    `x.assessment_type = ? AND x.name = ? AND x.valid = 1 AND ${value.sql}`,
    field.group,
    field.key,
    ...value.params,
  );
  const own = `EXISTS (SELECT 1 FROM assessments x WHERE x.trace_id = t.request_id AND ${sql})`;
  const negation = isAbsence ? 'NOT ' : '';
  if (!has('trace_info', 'session_id')) {
    return fragment(negation + own, ...params);
  }
  const ofSession =
    'EXISTS (SELECT 1 FROM trace_info s JOIN assessments x ON x.trace_id = s.request_id ' +
    'WHERE s.session_id = t.session_id AND s.experiment_id = t.experiment_id ' +
    `AND instr(x.assessment_metadata, '"${TRACE_METADATA.session}":') > 0 AND ${sql})`;
  return fragment(`${negation}(${own} OR ${ofSession})`, ...params, ...params);
}

/** Values are JSON texts. By size numbers are compared; a text is equal to itself with and without quotes. */
function compileValue(comparison: Comparison): SqlFragment {
  const { comparator, value } = comparison;
  switch (comparator) {
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const { sql, params } = compileCondition('CAST(x.value AS REAL)', comparison);
      return fragment(`(${IS_NUMBER} AND ${sql})`, ...params);
    }
    case '=':
    case '!=': {
      const texts = [String(value), pythonJson(value, { ascii: true })];
      return fragment(`${comparator === '=' ? '' : 'NOT '}(x.value = ? OR x.value = ?)`, ...texts);
    }
    default:
      return compileCondition('x.value', comparison);
  }
}

/** The condition that a trace was linked to an issue. */
export function compileIssue({ value }: Comparison, has: HasTable): SqlFragment {
  return has('assessments')
    ? fragment(
        'EXISTS (SELECT 1 FROM assessments x WHERE x.trace_id = t.request_id ' +
          "AND x.assessment_type = 'issue' AND x.name = ?)",
        String(value),
      )
    : fragment('0');
}
