import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTraces } from '../../../../src/server/otlp/decodeTraces.js';
import { ProtobufError } from '../../../../src/server/otlp/protobufReader.js';
import {
  bytes,
  double,
  type Encoded,
  exportRequest,
  integer,
  keyValue,
  span,
} from '../../../support/protobuf.js';

const ID = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) };

/** The JSON text of a value in an attribute. */
function decodedValue(value: Encoded): string | undefined {
  const request = exportRequest([], span({ ...ID, attributes: [keyValue(9, 'k', value)] }));
  return decodeTraces(request).spans[0]?.attributes[0]?.value;
}

/** Lists within each other. */
function nested(depth: number): Encoded {
  let value: Encoded = integer(3, 1);
  for (let level = 0; level < depth; level += 1) {
    value = bytes(5, bytes(1, value));
  }
  return value;
}

describe("OpenTelemetry's spans in protobuf", () => {
  it.each([
    ['a text', bytes(1, 'ä"\n'), '"ä\\"\\n"'],
    ['true', integer(2, 1), 'true'],
    ['false', integer(2, 0), 'false'],
    ['a negative integer', integer(3, -7), '-7'],
    ['the least integer', integer(3, -(2n ** 63n)), '-9223372036854775808'],
    ['a double', double(4, 2), '2.0'],
    ['no number', double(4, NaN), 'NaN'],
    ['bytes', bytes(7, Uint8Array.from([255, 0])), '"/wA="'],
    ['nothing', new Uint8Array(), 'null'],
    ['a list', bytes(5, bytes(1, integer(3, 1)), bytes(1)), '[1, null]'],
    ['an object', bytes(6, keyValue(1, 'a', integer(3, 1)), keyValue(1, 'a', integer(3, 2))), '{"a": 2}'],
    ['fields that are not known', Buffer.concat([bytes(90, 'x'), integer(91, 1), integer(3, 5)]), '5'],
  ])('reads %s', (_name, value, expected) => {
    expect(decodedValue(value)).toBe(expected);
  });

  it('reads what it is from beside each span', () => {
    const request = exportRequest([keyValue(1, 'service.name', bytes(1, 'shop'))], span(ID), span(ID));
    const { spans, isEmpty } = decodeTraces(request);
    expect(isEmpty).toBe(false);
    expect(spans.map(({ resource }) => resource)).toEqual(
      Array(2).fill([{ key: 'service.name', value: '"shop"' }]),
    );
    expect(spans[0]).toMatchObject({
      otelTraceId: ID.traceId,
      spanId: ID.spanId,
      kind: 'SPAN_KIND_INTERNAL',
      startTimeNs: 1_700_000_000_000_000_000n,
      statusCode: 'UNSET',
    });
    expect(spans[0]).not.toHaveProperty('parentSpanId');
  });

  it('tells nothing from a program without spans', () => {
    expect(decodeTraces(new Uint8Array())).toEqual({ spans: [], isEmpty: true });
    expect(decodeTraces(exportRequest([]))).toEqual({ spans: [], isEmpty: false });
  });

  it('refuses values that are nested without end, and texts that are none', () => {
    expect(decodedValue(nested(90))).toMatch(/^\[{90}1\]{90}$/);
    expect(() => decodedValue(nested(5000))).toThrow(ProtobufError);
    expect(() => decodedValue(bytes(1, Uint8Array.from([0xc3])))).toThrow(ProtobufError);
    expect(() => decodedValue(integer(1, 5))).toThrow(ProtobufError);
    expect(() => decodedValue(bytes(3, 'x'))).toThrow(ProtobufError);
  });

  it('refuses more spans than anybody sends together', () => {
    const one = span(ID);
    const request = exportRequest([], Buffer.concat(Array<Encoded>(50_001).fill(one)));
    expect(() => decodeTraces(request)).toThrow(/50000 spans/);
  });

  it('reads any bytes or refuses them, and nothing else happens', () => {
    const valid = exportRequest([], span({ ...ID, attributes: [keyValue(9, 'k', nested(3))] }));
    const damaged = fc
      .tuple(fc.nat(valid.length - 1), fc.nat(255), fc.nat(valid.length))
      .map(([at, byte, length]) => {
        const copy = Uint8Array.from(valid);
        copy[at] = byte;
        return copy.subarray(0, length);
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), (input) => {
        try {
          expect(Array.isArray(decodeTraces(input).spans)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(ProtobufError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
