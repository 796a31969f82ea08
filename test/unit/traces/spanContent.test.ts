import { describe, expect, it } from 'vitest';
import { MlflowError } from '../../../src/core/base/errors.js';
import { readSpanContent, spanContent } from '../../../src/core/traces/spanContent.js';
import { keptOf, spanOf } from '../../support/traces.js';

const SPAN = keptOf(
  spanOf('0123456789abcdef'.repeat(2), {
    parentSpanId: '2'.repeat(16),
    attributes: [{ key: 'größe', value: '{"a": 1.0}' }],
    events: [{ name: 'e', timeNs: 1_700_000_000_000_000_003n, attributes: [{ key: 'f', value: '2.0' }] }],
    links: [{ traceId: 'tr-1', spanId: '3', attributes: [{ key: 'n', value: '1' }] }],
  }),
);

describe('the text that is kept of a span', () => {
  it('is what MLflow writes', () => {
    // Written by json.dumps(span.to_dict(), ensure_ascii=False).
    expect(spanContent(SPAN)).toBe(
      '{"trace_id": "ASNFZ4mrze8BI0VniavN7w==", "span_id": "ERERERERERE=", "parent_span_id": "IiIiIiIiIiI=", ' +
        '"name": "root", "kind": "SPAN_KIND_INTERNAL", "start_time_unix_nano": 1700000000000000001, ' +
        '"end_time_unix_nano": 1700000000005000001, ' +
        '"events": [{"name": "e", "time_unix_nano": 1700000000000000003, "attributes": {"f": 2.0}}], ' +
        '"status": {"code": "STATUS_CODE_OK", "message": ""}, ' +
        '"attributes": {"größe": "{\\"a\\": 1.0}", ' +
        '"mlflow.traceRequestId": "\\"tr-0123456789abcdef0123456789abcdef\\""}, ' +
        '"links": [{"trace_id": "tr-1", "span_id": "3", "attributes": {"n": 1}}]}',
    );
  });

  it('is read as it was', () => {
    const { traceId, spanId, parentSpanId = '' } = SPAN;
    expect(readSpanContent(spanContent(SPAN), { traceId, spanId, parentSpanId })).toEqual(SPAN);
  });

  it('is read as MLflow 3.5 wrote it', () => {
    const content = JSON.stringify({
      trace_id: SPAN.traceId,
      span_id: '1'.repeat(16),
      name: 'old',
      start_time_unix_nano: '5',
      end_time_unix_nano: null,
      status: { code: 'ERROR', message: 'm' },
      attributes: { plain: 1 },
    });
    expect(readSpanContent(content, { traceId: SPAN.traceId, spanId: '1' })).toEqual({
      traceId: SPAN.traceId,
      otelTraceId: SPAN.otelTraceId,
      spanId: '1',
      name: 'old',
      kind: 'SPAN_KIND_INTERNAL',
      startTimeNs: 5,
      statusCode: 'ERROR',
      statusMessage: 'm',
      attributes: [{ key: 'plain', value: '1' }],
      events: [],
      links: [],
    });
  });

  it('is refused where it is damaged', () => {
    expect(() => readSpanContent('{"trace_id"', { traceId: 'tr-1', spanId: '1' })).toThrow(MlflowError);
  });
});
