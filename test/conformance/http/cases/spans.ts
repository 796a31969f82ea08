import { bytes, double, exportRequest, fixed64, integer, keyValue, span } from '../../../support/protobuf.js';
import { type Exchange, get, post, postBytes } from '../exchange.js';
import { hex, status, traceId, V3 } from './traceParts.js';

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

/** Of `<exp>`, after the first traces of `cases/traces.ts` were started. */
export const SPANS: readonly Exchange[] = [
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
