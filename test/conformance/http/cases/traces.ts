import { bytes, double, exportRequest, fixed64, integer, keyValue, span } from '../../../support/protobuf.js';
import { get, patch, post, postBytes, remove, removeWith, type Exchange } from '../exchange.js';

const V3 = '/api/3.0/mlflow';
const hex = (letter: string) => letter.repeat(32);
const traceId = (letter: string) => `tr-${hex(letter)}`;

/** A trace of the experiment `<exp>`. */
function trace(letter: string, more: object = {}): object {
  return {
    trace: {
      trace_info: {
        trace_id: traceId(letter),
        trace_location: { type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: '<exp>' } },
        request_time: '2024-05-01T12:00:00.250Z',
        execution_duration: '1.5s',
        state: 'OK',
        ...more,
      },
    },
  };
}

const location = { type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: '<exp>' } };
const search = (name: string, more: object) =>
  post(`search by ${name}`, `${V3}/traces/search`, { locations: [location], ...more });
const filter = (text: string) => search(text, { filter: text, order_by: ['timestamp_ms ASC'] });
const badFilter = (text: string) => status(filter(text));

/** Where MLflow's sentence lists what it knows in no order. */
function status(exchange: Exchange): Exchange {
  return { ...exchange, compare: 'status' };
}

/** Where only the statuses differ from MLflow's, and why. */
function deviates(exchange: Exchange, ours: number, because: string): Exchange {
  return { ...exchange, compare: { ours, because } };
}

const OTLP = { 'content-type': 'application/x-protobuf', 'x-mlflow-experiment-id': '<exp>' };
const OTLP_JSON = { ...OTLP, 'content-type': 'application/json' };

const richAttributes = [
  keyValue(9, 'text', bytes(1, 'größe')),
  keyValue(9, 'json text', bytes(1, '{"a": 1}')),
  keyValue(9, 'number in text', bytes(1, '1')),
  keyValue(9, 'true', integer(2, 1)),
  keyValue(9, 'int', integer(3, -5)),
  keyValue(9, 'long', integer(3, 9_007_199_254_740_993n)),
  keyValue(9, 'double', double(4, 2)),
  keyValue(9, 'small', double(4, 1e-7)),
  keyValue(9, 'list', bytes(5, bytes(1, integer(3, 1)), bytes(1, double(4, 2.5)), bytes(1))),
  keyValue(9, 'object', bytes(6, keyValue(1, 'k', bytes(1, 'v')), keyValue(1, 'n', integer(3, 3)))),
  keyValue(9, 'empty list', bytes(5)),
  keyValue(9, 'empty object', bytes(6)),
  keyValue(9, 'nothing', new Uint8Array()),
  keyValue(9, 'mlflow.spanType', bytes(1, 'LLM')),
  keyValue(9, 'mlflow.spanInputs', bytes(6, keyValue(1, 'model', bytes(1, 'm-1')))),
  keyValue(9, 'mlflow.spanOutputs', bytes(1, 'done')),
  keyValue(9, 'mlflow.traceTag.carried', bytes(1, 'yes')),
  keyValue(9, 'mlflow.traceTag.mlflow.artifactLocation', bytes(1, '/etc')),
  keyValue(9, 'session.id', bytes(1, 'session-1')),
  keyValue(9, 'user.id', bytes(1, 'ada')),
];
const usage = keyValue(
  9,
  'mlflow.chat.tokenUsage',
  bytes(
    6,
    keyValue(1, 'input_tokens', integer(3, 3)),
    keyValue(1, 'output_tokens', integer(3, 4)),
    keyValue(1, 'total_tokens', integer(3, 7)),
  ),
);
const cost = keyValue(9, 'mlflow.llm.cost', bytes(6, keyValue(1, 'total_cost', double(4, 0.25))));
const event = bytes(
  11,
  fixed64(1, 1_700_000_000_000_000_001n),
  bytes(2, 'happened'),
  keyValue(3, 'n', integer(3, 1)),
  keyValue(3, 'f', double(4, 2)),
);
const link = bytes(
  13,
  bytes(1, Buffer.from(hex('e'), 'hex')),
  bytes(2, Buffer.from('e'.repeat(16), 'hex')),
  keyValue(4, 'why', bytes(1, 'same')),
);
const failed = bytes(15, bytes(2, 'it broke'), integer(3, 2));
const program = [
  keyValue(1, 'service.name', bytes(1, 'shop')),
  keyValue(1, 'telemetry.sdk.name', bytes(1, 'x')),
  keyValue(1, 'mlflow.hidden', bytes(1, 'x')),
];
const root = { traceId: hex('c'), spanId: '1'.repeat(16), name: 'root', attributes: richAttributes };
const child = { traceId: hex('c'), spanId: '2'.repeat(16), parentSpanId: '1'.repeat(16), name: 'child' };

const jsonSpans = {
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'json' } }] },
      scopeSpans: [
        {
          spans: [
            {
              traceId: hex('d'),
              spanId: '3'.repeat(16),
              name: 'from json',
              kind: 3,
              startTimeUnixNano: '1700000000000000001',
              endTimeUnixNano: '1700000000005000000',
              attributes: [
                { key: 'i', value: { intValue: '7' } },
                { key: 'd', value: { doubleValue: 1.5 } },
                { key: 'l', value: { arrayValue: { values: [{ boolValue: true }] } } },
                { key: 'o', value: { kvlistValue: { values: [{ key: 'k', value: { stringValue: 'v' } }] } } },
              ],
              events: [{ name: 'e', timeUnixNano: '1700000000000000002' }],
              status: { code: 1 },
            },
          ],
        },
      ],
    },
  ],
};

const START: readonly Exchange[] = [
  post(
    'start',
    `${V3}/traces`,
    trace('a', {
      client_request_id: 'mine',
      request_preview: 'asked',
      response_preview: 'answered',
      trace_metadata: { 'mlflow.sourceRun': '<run>', 'mlflow.trace.session': 'session-1', other: 'x' },
      tags: { 'mlflow.traceName': 'first', color: 'red', 'mlflow.artifactLocation': '/etc' },
    }),
  ),
  post(
    'start with an assessment',
    `${V3}/traces`,
    trace('b', {
      state: 'ERROR',
      request_time: '2024-05-01T12:00:01Z',
      trace_metadata: {
        'mlflow.trace.tokenUsage': '{"input_tokens": 1, "output_tokens": 2, "total_tokens": 3}',
        'mlflow.trace.cost': '{"input_cost": 0.5, "output_cost": 1, "total_cost": 1.5}',
      },
      tags: { 'mlflow.traceName': 'second' },
      assessments: [
        {
          assessment_id: 'a-given',
          assessment_name: 'tone',
          trace_id: traceId('b'),
          source: { source_type: 'HUMAN', source_id: 'ada' },
          create_time: '2024-05-01T13:00:00Z',
          last_update_time: '2024-05-01T13:00:00Z',
          feedback: { value: 'kind' },
          metadata: { k: 'v' },
        },
      ],
    }),
  ),
  post('start again', `${V3}/traces`, trace('a', { execution_duration: '2s', tags: { color: 'blue' } })),
  post(
    'start with almost nothing',
    `${V3}/traces`,
    trace('f', {
      execution_duration: null,
      state: 'IN_PROGRESS',
    }),
  ),
  post('start without a trace', `${V3}/traces`, {}),
  deviates(
    post('start in no experiment', `${V3}/traces`, trace('0', { trace_location: null })),
    400,
    'what the client forgot is not an error of the server',
  ),
  post(
    'start in an experiment that is not there',
    `${V3}/traces`,
    trace('0', {
      trace_location: { type: 1, mlflow_experiment: { experiment_id: '4711' } },
    }),
  ),
  post(
    'start in another experiment',
    `${V3}/traces`,
    trace('a', {
      trace_location: { type: 1, mlflow_experiment: { experiment_id: '<exp2>' } },
    }),
  ),
  post('start with a bad id', `${V3}/traces`, trace('0', { trace_id: '../x' })),
  post('start with another bad id', `${V3}/traces`, trace('0', { trace_id: 'a%2fb' })),
  post(
    'start with a long name',
    `${V3}/traces`,
    trace('0', { tags: { 'mlflow.traceName': 'n'.repeat(4097) } }),
  ),
  post(
    'start with a long session',
    `${V3}/traces`,
    trace('0', {
      trace_metadata: { 'mlflow.trace.session': 's'.repeat(251) },
    }),
  ),
];

const SPANS: readonly Exchange[] = [
  postBytes('spans', '/v1/traces', exportRequest(program, span(root), span(child)), { headers: OTLP }),
  get('the trace of the spans', `${V3}/traces/${traceId('c')}`),
  get('its spans', `${V3}/traces/get?trace_id=${traceId('c')}&allow_partial=True`),
  postBytes(
    'spans with usage',
    '/v1/traces',
    exportRequest([], span({ ...child, attributes: [usage, cost] })),
    {
      headers: OTLP,
    },
  ),
  postBytes(
    'a failure, an event and a link',
    '/v1/traces',
    exportRequest(
      [],
      span({
        traceId: hex('a'),
        spanId: '4'.repeat(16),
        more: [event, link, failed],
        attributes: [usage],
      }),
    ),
    { headers: OTLP },
  ),
  post('spans in JSON', '/v1/traces', jsonSpans, { headers: OTLP_JSON }),
  get('the trace of the JSON', `${V3}/traces/get?trace_id=${traceId('d')}`),
  get('spans of a trace that was started', `${V3}/traces/get?trace_id=${traceId('a')}`),
  post('spans of another experiment', '/v1/traces', jsonSpans, {
    headers: { ...OTLP_JSON, 'x-mlflow-experiment-id': '<exp2>' },
  }),
  status(
    post(
      'spans of an experiment that is not there',
      '/v1/traces',
      {
        resourceSpans: [
          { scopeSpans: [{ spans: [{ traceId: hex('9'), spanId: '1'.repeat(16), name: 'x' }] }] },
        ],
      },
      { headers: { ...OTLP_JSON, 'x-mlflow-experiment-id': '4711' } },
    ),
  ),
  status(post('spans of no experiment', '/v1/traces', jsonSpans)),
  postBytes('no spans', '/v1/traces', new Uint8Array(), { headers: OTLP }),
  postBytes('a program without spans', '/v1/traces', exportRequest(program), { headers: OTLP }),
  postBytes('nonsense', '/v1/traces', Buffer.from('nonsense'), { headers: OTLP }),
  postBytes('half a request', '/v1/traces', exportRequest([], span(root)).subarray(0, 60), { headers: OTLP }),
  post('JSON that is none', '/v1/traces', '{"resourceSpans": [', { headers: OTLP_JSON }),
  status(
    post('a type that is not read', '/v1/traces', 'x', {
      headers: { ...OTLP, 'content-type': 'text/plain' },
    }),
  ),
  status(
    postBytes('a broken archive', '/v1/traces', Buffer.from('x'), {
      headers: { ...OTLP, 'content-encoding': 'gzip' },
    }),
  ),
  status(
    postBytes('an unknown archive', '/v1/traces', Buffer.from('x'), {
      headers: { ...OTLP, 'content-encoding': 'zip' },
    }),
  ),
  status(
    postBytes('a span without an id', '/v1/traces', exportRequest([], bytes(2, bytes(5, 'x'))), {
      headers: OTLP,
    }),
  ),
];

const READ: readonly Exchange[] = [
  get('get', `${V3}/traces/${traceId('a')}`),
  get('get with assessments', `${V3}/traces/${traceId('b')}`),
  get('get in progress', `${V3}/traces/${traceId('f')}`),
  get('get what is not there', `${V3}/traces/tr-nope`),
  get('get as the pages call it', `/ajax-api/3.0/mlflow/traces/${traceId('a')}`),
  get('get spans that are not in the store', `${V3}/traces/get?trace_id=${traceId('b')}&allow_partial=true`),
  get('get spans of what is not there', `${V3}/traces/get?trace_id=tr-nope&allow_partial=true`),
  get('get spans of nothing', `${V3}/traces/get`),
  get('get spans with a bad flag', `${V3}/traces/get?trace_id=x&allow_partial=maybe`),
  get(
    'get several',
    `${V3}/traces/batchGet?trace_ids=${traceId('d')}&trace_ids=tr-nope&trace_ids=${traceId('c')}`,
  ),
  get(
    'get several of an experiment',
    `${V3}/traces/batchGet?trace_ids=${traceId('d')}&experiment_ids=<exp2>`,
  ),
  get('get none', `${V3}/traces/batchGet`),
  post('get infos', `${V3}/traces/batchGetInfos`, { trace_ids: [traceId('b'), 'tr-nope', traceId('a')] }),
  post('get infos of no experiment', `${V3}/traces/batchGetInfos`, {
    trace_ids: [traceId('b')],
    experiment_ids: [],
  }),
  post('get infos of nothing', `${V3}/traces/batchGetInfos`, {}),
  post('get infos of a text', `${V3}/traces/batchGetInfos`, { trace_ids: 'x' }),
  get(
    'the spans as the pages get them',
    `/ajax-api/2.0/mlflow/get-trace-artifact?request_id=${traceId('d')}`,
  ),
  get('the spans of nothing', '/ajax-api/2.0/mlflow/get-trace-artifact'),
  get('the spans of what is not there', '/ajax-api/3.0/mlflow/get-trace-artifact?request_id=tr-nope', {
    compare: 'status',
  }),
];

const SEARCH: readonly Exchange[] = [
  search('nothing', {}),
  search('two at a time', { max_results: 2, order_by: ['execution_time DESC', 'trace.timestamp ASC'] }),
  search('name in order', { order_by: ['name DESC', 'timestamp_ms'] }),
  search('tag in order', { order_by: ['tags.color ASC', 'request_id DESC'] }),
  search('run in order', { order_by: ['run_id', 'end_time_ms'] }),
  ...[
    `request_id = '${traceId('a')}'`,
    `trace.request_id IN ('${traceId('a')}', '${traceId('b')}')`,
    'timestamp_ms > 1714564800250',
    'trace.timestamp <= 1714564800250',
    'execution_time_ms >= 2000',
    'end_time < 1714564803000',
    "status = 'ERROR'",
    "attributes.status != 'OK'",
    "name = 'first'",
    "trace.name LIKE 'f%'",
    "tags.color = 'blue'",
    "tag.`mlflow.traceName` = 'second'",
    'tags.color IS NULL',
    'tags.color IS NOT NULL',
    "client_request_id = 'mine'",
    "request_metadata.other = 'x'",
    "metadata.`mlflow.trace.session` = 'session-1'",
    "run_id = '<run>'",
    "metadata.mlflow.sourceRun = '<run>'",
    "feedback.tone = 'kind'",
    "feedback.tone != 'kind'",
    "feedback.tone LIKE '%ki%'",
    'feedback.tone IS NULL',
    'feedback.tone IS NOT NULL',
    "expectation.tone = 'kind'",
    "span.name = 'root'",
    "span.type = 'LLM' AND span.name LIKE 'r%'",
    "span.name = 'root' AND span.status = 'ERROR'",
    "span.attributes.text LIKE '%größe%'",
    "trace.text LIKE '%größe%'",
    "name RLIKE '^f.*t$'",
    "status = 'OK' AND tags.color = 'blue' AND timestamp_ms > 0",
  ].map(filter),
  ...[
    "colour = 'x'",
    "params.a = 'b'",
    'status = 1',
    "timestamp_ms IN ('1')",
    "status > 'OK'",
    "tags.color > 'a'",
    "feedback.tone > 'kind'",
    'feedback.tone = 1',
    "span.colour = 'x'",
    "prompt LIKE 'a/1'",
    "prompt = 'a'",
    'status =',
    "status = 'OK' AND",
    'nonsense',
  ].map(badFilter),
  status(search('a bad order', { order_by: ['colour'] })),
  deviates(filter('timestamp_ms = "x"'), 400, 'a time is not compared with a text'),
  deviates(
    filter("issue.name = 'x'"),
    400,
    'an issue has no name, and the name of the trace was not asked for',
  ),
  deviates(
    search('a doubled order', { order_by: ['status', 'status'] }),
    400,
    'what the client asked for is not an error of the server',
  ),
  status(search('a bad token', { page_token: 'nonsense' })),
  search('too many', { max_results: 501 }),
  search('none at all', { max_results: 0 }),
  post('search nowhere', `${V3}/traces/search`, {}),
  post('search in no experiment', `${V3}/traces/search`, { locations: [{}] }),
  get('search as old clients do', 'traces?experiment_ids=<exp>&max_results=2&order_by=timestamp_ms'),
  get('search as old clients do, nowhere', 'traces'),
];

const TAGS: readonly Exchange[] = [
  patch('set a tag', `${V3}/traces/${traceId('a')}/tags`, { key: 'k', value: 'v' }),
  patch('set a tag as old clients do', `traces/${traceId('a')}/tags`, { key: 'k2', value: 'v' }),
  patch('set the name', `traces/${traceId('a')}/tags`, { key: 'mlflow.traceName', value: 'renamed' }),
  patch('set a tag without a key', `traces/${traceId('a')}/tags`, { value: 'v' }),
  patch('set a tag with a bad key', `traces/${traceId('a')}/tags`, { key: '../k', value: 'v' }),
  patch("set a tag of the server's", `traces/${traceId('a')}/tags`, {
    key: 'mlflow.artifactLocation',
    value: '/',
  }),
  deviates(
    patch('set a tag of nothing', 'traces/tr-nope/tags', { key: 'k', value: 'v' }),
    404,
    'MLflow answers what its database says of a foreign key',
  ),
  get('get after tags', `traces/${traceId('a')}/info`),
  removeWith('delete a tag', `${V3}/traces/${traceId('a')}/tags`, { key: 'k' }),
  removeWith('delete a tag that is not there', `traces/${traceId('a')}/tags`, { key: 'k' }),
  removeWith('delete the name', `traces/${traceId('a')}/tags`, { key: 'mlflow.traceName' }),
  removeWith('delete the name again', `traces/${traceId('a')}/tags`, { key: 'mlflow.traceName' }),
  removeWith("delete a tag of the server's", `traces/${traceId('a')}/tags`, {
    key: 'mlflow.artifactLocation',
  }),
  removeWith('delete no tag', `traces/${traceId('a')}/tags`, {}),
  post('link to a run', 'traces/link-to-run', { trace_ids: [traceId('b')], run_id: '<run2>' }),
  post('link to a run again', 'traces/link-to-run', { trace_ids: [traceId('b')], run_id: '<run2>' }),
  filter("run_id = '<run2>'"),
  post('link too many', 'traces/link-to-run', { trace_ids: Array(101).fill('x'), run_id: '<run2>' }),
  post('link nothing', 'traces/link-to-run', { run_id: '<run2>' }),
  post('link to no run', 'traces/link-to-run', { trace_ids: ['x'] }),
  post('link a prompt', 'traces/link-prompts', {
    trace_id: traceId('b'),
    prompt_versions: [{ name: 'p', version: '1' }],
  }),
  filter("prompt = 'p/1'"),
  post('link a prompt to nothing', 'traces/link-prompts', {
    trace_id: 'tr-nope',
    prompt_versions: [{ name: 'p', version: '1' }],
  }),
  post('link no prompt', 'traces/link-prompts', { trace_id: traceId('b') }),
];

const OLD: readonly Exchange[] = [
  post(
    'begin',
    'traces',
    {
      experiment_id: '<exp>',
      timestamp_ms: 1_700_000_000_000,
      request_metadata: [{ key: 'mlflow.trace_schema.version', value: '2' }],
      tags: [
        { key: 'mlflow.traceName', value: 'old' },
        { key: 'mlflow.artifactLocation', value: '/etc' },
      ],
    },
    { keep: { old: ['trace_info', 'request_id'] } },
  ),
  post('begin with a bad time', 'traces', { experiment_id: '<exp>', timestamp_ms: 'soon' }),
  post('begin with tags that have no keys', 'traces', { experiment_id: '<exp>', tags: [{ value: 'v' }] }),
  status(post('begin in an experiment that is not there', 'traces', { experiment_id: '4711' })),
  get('get what has begun', 'traces/<old>/info'),
  patch('end', 'traces/<old>', {
    timestamp_ms: 1_700_000_000_500,
    status: 'ERROR',
    request_metadata: [{ key: 'more', value: 'm' }],
    tags: [{ key: 'mlflow.traceName', value: 'ended' }],
  }),
  patch('end what is not there', 'traces/nope', { timestamp_ms: 1, status: 'OK' }),
  get('get what has ended', 'traces/<old>/info'),
  get('get what is not there', 'traces/nope/info'),
];

const DELETE: readonly Exchange[] = [
  post('delete nothing', 'traces/delete-traces', { experiment_id: '<exp>' }),
  post('delete in no experiment', 'traces/delete-traces', { request_ids: ['x'] }),
  post('delete by both', 'traces/delete-traces', {
    experiment_id: '<exp>',
    max_timestamp_millis: 1,
    request_ids: ['x'],
  }),
  post('delete some of the named', 'traces/delete-traces', {
    experiment_id: '<exp>',
    request_ids: ['x'],
    max_traces: 1,
  }),
  post('delete none', 'traces/delete-traces', {
    experiment_id: '<exp>',
    max_timestamp_millis: 1,
    max_traces: 0,
  }),
  post('delete of another experiment', 'traces/delete-traces', {
    experiment_id: '<exp2>',
    request_ids: [traceId('a')],
  }),
  post('delete by id', 'traces/delete-traces', {
    experiment_id: '<exp>',
    request_ids: [traceId('a'), 'nope'],
  }),
  post('delete the oldest', `${V3}/traces/delete-traces`, {
    experiment_id: '<exp>',
    max_timestamp_millis: 1_714_564_801_000,
    max_traces: 1,
  }),
  search('what is left', { order_by: ['timestamp_ms'] }),
  remove('delete as nobody does', `${V3}/traces/${traceId('b')}`, { compare: 'status' }),
];

export const TRACES: readonly Exchange[] = [...START, ...SPANS, ...READ, ...SEARCH, ...TAGS, ...OLD];

/** After all that needs them. */
export const TRACE_DELETION = DELETE;
