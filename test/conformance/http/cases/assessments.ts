import { get, patch, post, remove, type Exchange } from '../exchange.js';

const TRACE = `tr-${'b'.repeat(32)}`;
const AT = `/api/3.0/mlflow/traces/${TRACE}/assessments`;
const times = { create_time: '2024-05-01T13:00:00.5Z', last_update_time: '2024-05-01T13:00:00.5Z' };
const base = { assessment_name: 'score', trace_id: TRACE, source: { source_type: 'CODE' }, ...times };

const create = (name: string, more: object, keep = {}) =>
  post(`create ${name}`, AT, { assessment: { ...base, ...more } }, { keep });
const update = (name: string, mask: string, assessment: object) =>
  patch(`update ${name}`, `${AT}/<assessment>`, { assessment, update_mask: mask });
const kept = (name: string) => ({ [name]: ['assessment', 'assessment_id'] });

/** Of the trace that `cases/traces.ts` makes with an assessment. */
export const ASSESSMENTS: readonly Exchange[] = [
  create(
    'a feedback',
    { feedback: { value: 5 }, rationale: 'why', metadata: { k: 'v' } },
    kept('assessment'),
  ),
  create('a text', { feedback: { value: 'größe' }, span_id: 'abc' }),
  create('a truth', { feedback: { value: true } }),
  create('a list', { feedback: { value: [1, 'a', { b: 2.5 }] } }),
  create('an error', { feedback: { error: { error_code: 'E', error_message: 'm', stack_trace: 's' } } }),
  create('an expectation', { expectation: { value: 3 } }, kept('expectation')),
  create('an expectation of something', {
    expectation: { serialized_value: { serialization_format: 'JSON_FORMAT', value: '{"a": [1, 2.0, "ü"]}' } },
  }),
  create('an expectation in another format', {
    expectation: { serialized_value: { serialization_format: 'YAML', value: 'a: 1' } },
  }),
  create('an issue', { assessment_name: 'iss-1', issue: { issue_name: 'slow' } }),
  create('nothing', {}),
  create('without a name', { assessment_name: undefined, feedback: { value: 1 } }),
  create('without a source', { source: undefined, feedback: { value: 1 } }),
  create('instead of another', { feedback: { value: 6 }, overrides: '<assessment>' }, kept('override')),
  create('instead of none', { feedback: { value: 6 }, overrides: 'a-nope' }),
  create('with an id', { feedback: { value: 6 }, assessment_id: 'a-mine' }),
  create('with the id again', { feedback: { value: 6 }, assessment_id: 'a-mine' }),
  post('create for nothing', '/api/3.0/mlflow/traces/tr-nope/assessments', {
    assessment: { ...base, feedback: { value: 1 } },
  }),
  post('create without an assessment', AT, {}),
  get('get', `${AT}/<assessment>`),
  get('get an expectation', `${AT}/<expectation>`),
  get('get what is not there', `${AT}/a-nope`),
  get('get of nothing', '/api/3.0/mlflow/traces/tr-nope/assessments/a-nope'),
  update('the value', 'feedback', { feedback: { value: 7.5 } }),
  update('name, rationale and metadata', 'assessmentName,rationale,metadata', {
    assessment_name: 'renamed',
    rationale: 'because',
    metadata: { k: 'w', l: 'x' },
  }),
  update('to an expectation', 'expectation', { expectation: { value: 1 } }),
  {
    ...update('to both', 'expectation,feedback', { expectation: { value: 1 }, feedback: { value: 1 } }),
    compare: { ours: 400, because: 'no-silent-loss' },
  },
  patch('update an expectation', `${AT}/<expectation>`, {
    assessment: { expectation: { value: 'other' } },
    update_mask: 'expectation',
  }),
  patch('update an expectation to a feedback', `${AT}/<expectation>`, {
    assessment: { feedback: { value: 'other' } },
    update_mask: 'feedback',
  }),
  patch('update without a mask', `${AT}/<assessment>`, { assessment: {} }),
  patch('update what is not there', `${AT}/a-nope`, {
    assessment: { rationale: 'r' },
    update_mask: 'rationale',
  }),
  post('search by a number', '/api/3.0/mlflow/traces/search', {
    locations: [{ mlflow_experiment: { experiment_id: '<exp>' } }],
    filter: 'feedback.score >= 6 AND expectation.score IS NOT NULL',
  }),
  post('search by an issue', '/api/3.0/mlflow/traces/search', {
    locations: [{ mlflow_experiment: { experiment_id: '<exp>' } }],
    filter: "issue.id = 'iss-1'",
  }),
  remove('delete the one instead', `${AT}/<override>`),
  get('get the one that is valid again', `${AT}/<assessment>`),
  remove('delete', `${AT}/<assessment>`),
  remove('delete again', `${AT}/<assessment>`),
  get('get the trace', `/api/3.0/mlflow/traces/${TRACE}`),
];
