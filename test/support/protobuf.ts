// Writes protobuf's encoding, as far as OpenTelemetry's traces need it.

/** An encoded field. */
export type Encoded = Uint8Array;

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = BigInt.asUintN(64, value); ; rest >>= 7n) {
    if (rest < 0x80n) {
      return [...bytes, Number(rest)];
    }
    bytes.push(Number(rest & 0x7fn) | 0x80);
  }
}

export function integer(field: number, value: number | bigint): Encoded {
  return Uint8Array.from([...varint(BigInt(field) << 3n), ...varint(BigInt(value))]);
}

export function fixed64(field: number, value: bigint): Encoded {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setBigUint64(0, value, true);
  return Buffer.concat([Uint8Array.from(varint((BigInt(field) << 3n) | 1n)), new Uint8Array(bytes.buffer)]);
}

export function double(field: number, value: number): Encoded {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setFloat64(0, value);
  return fixed64(field, bytes.getBigUint64(0));
}

/** A text, bytes, or a message of encoded fields. */
export function bytes(field: number, ...parts: readonly (string | Encoded)[]): Encoded {
  const content = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  return Buffer.concat([
    Uint8Array.from([...varint((BigInt(field) << 3n) | 2n), ...varint(BigInt(content.length))]),
    content,
  ]);
}

/** A `KeyValue` with a value that is encoded as a field of `AnyValue`. */
export function keyValue(field: number, key: string, value: Encoded): Encoded {
  return bytes(field, bytes(1, key), bytes(2, value));
}

export interface TestSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name?: string;
  readonly attributes?: readonly Encoded[];
  readonly more?: readonly Encoded[];
}

/** A span that took from the second 1,700,000,000 to 2 ms after. */
export function span(test: TestSpan): Encoded {
  return bytes(
    2,
    bytes(1, Buffer.from(test.traceId, 'hex')),
    bytes(2, Buffer.from(test.spanId, 'hex')),
    ...(test.parentSpanId === undefined ? [] : [bytes(4, Buffer.from(test.parentSpanId, 'hex'))]),
    bytes(5, test.name ?? 'span'),
    integer(6, 1),
    fixed64(7, 1_700_000_000_000_000_000n),
    fixed64(8, 1_700_000_000_002_000_000n),
    ...(test.attributes ?? []),
    ...(test.more ?? []),
  );
}

/** An `ExportTraceServiceRequest` of one program. */
export function exportRequest(resource: readonly Encoded[], ...spans: readonly Encoded[]): Encoded {
  return bytes(1, bytes(1, ...resource), bytes(2, ...spans));
}
