import { describe, expect, it } from 'vitest';
import { MlflowError } from '../../../src/core/base/errors.js';
import { receivedSpan } from '../../../src/core/traces/receivedSpan.js';
import { spanOf } from '../../support/traces.js';

const ID = 'a'.repeat(32);

function attributesOf(attributes: Record<string, string>, more = {}): Record<string, string> {
  const list = Object.entries(attributes).map(([key, value]) => ({ key, value }));
  const received = receivedSpan(spanOf(ID, { attributes: list, ...more }));
  return Object.fromEntries(received.attributes.map(({ key, value }) => [key, value]));
}

describe('a span that came in', () => {
  it('has its values once encoded', () => {
    const attributes = {
      text: '"a"',
      'text in text': '"\\"a\\""',
      'list in text': '"[1]"',
      'object in text': '"{\\"a\\": 1}"',
      'number in text': '"1"',
      'no JSON': '"{a"',
    };
    expect(attributesOf(attributes)).toEqual({
      ...attributes,
      'text in text': '"a"',
      'list in text': '[1]',
      'object in text': '{"a": 1}',
      'mlflow.traceRequestId': `"tr-${ID}"`,
    });
  });

  it('does not say which trace it belongs to, nor set what is the server’s', () => {
    const tag = { 'mlflow.traceTag.mlflow.artifactLocation': '"/etc"', 'mlflow.traceTag.own': '"x"' };
    const attributes = attributesOf({ 'mlflow.traceRequestId': '"tr-other"', ...tag });
    expect(attributes).toEqual({ 'mlflow.traceTag.own': '"x"', 'mlflow.traceRequestId': `"tr-${ID}"` });
  });

  it('has ids of the usual length', () => {
    const { traceId, spanId, parentSpanId } = receivedSpan({
      ...spanOf('1f'),
      spanId: '2',
      parentSpanId: '3',
    });
    expect([traceId, spanId, parentSpanId]).toEqual([
      `tr-${'1f'.padStart(32, '0')}`,
      '2'.padStart(16, '0'),
      '3'.padStart(16, '0'),
    ]);
  });

  it.each([
    ['no trace', { otelTraceId: '' }],
    ['no id', { spanId: '' }],
    ['a long id', { spanId: 'a'.repeat(17) }],
    ['an id that is none', { otelTraceId: '../x' }],
  ])('is refused with %s', (_name, more) => {
    expect(() => receivedSpan({ ...spanOf(ID), ...more })).toThrow(MlflowError);
  });
});
