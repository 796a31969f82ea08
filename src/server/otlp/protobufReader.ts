/** Bytes that are not what protobuf's encoding has. */
export class ProtobufError extends Error {}

/** A field of a message: its number, and the value in the form that its wire type has. */
export interface ProtobufField {
  readonly number: number;
  readonly value: bigint | Uint8Array;
}

const VARINT = 0;
const FIXED_64 = 1;
const BYTES = 2;
const FIXED_32 = 5;

/** No varint has more bytes. */
const LONGEST_VARINT = 10;

/** Of a whole request: the smallest have two bytes, and each of them takes a while. */
const MOST_FIELDS = 2_000_000;

/** How many fields may still be read; decoding waits for nothing, so that there is one request at a time. */
let fieldsLeft = MOST_FIELDS;

/**
 * Reads a whole request.
 * @throws ProtobufError where it has too many fields
 */
export function decodeBounded<T>(decode: () => T): T {
  fieldsLeft = MOST_FIELDS;
  return decode();
}

/**
 * The fields of an encoded message in their order. Integers of any width come as unsigned ones, texts and messages
 * as their bytes.
 * @throws ProtobufError
 */
export function* fieldsOf(bytes: Uint8Array): Generator<ProtobufField> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let length = 0; length < LONGEST_VARINT; length += 1) {
      const byte = bytes[at];
      if (byte === undefined) {
        throw new ProtobufError('ends within a number');
      }
      at += 1;
      value |= BigInt(byte & 0x7f) << BigInt(7 * length);
      if (byte < 0x80) {
        return BigInt.asUintN(64, value);
      }
    }
    throw new ProtobufError('a number is too long');
  };
  const take = (length: number): number => {
    const start = at;
    if (length > bytes.length - at) {
      throw new ProtobufError('ends within a field');
    }
    at += length;
    return start;
  };
  while (at < bytes.length) {
    fieldsLeft -= 1;
    if (fieldsLeft < 0) {
      throw new ProtobufError(`more than ${MOST_FIELDS} fields`);
    }
    const key = varint();
    const number = Number(key >> 3n);
    switch (Number(key & 7n)) {
      case VARINT:
        yield { number, value: varint() };
        break;
      case FIXED_64:
        yield { number, value: view.getBigUint64(take(8), true) };
        break;
      case BYTES: {
        const length = Number(varint());
        const start = take(length);
        yield { number, value: bytes.subarray(start, start + length) };
        break;
      }
      case FIXED_32:
        yield { number, value: BigInt(view.getUint32(take(4), true)) };
        break;
      default:
        throw new ProtobufError('a wire type that does not exist');
    }
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** @throws ProtobufError where the value is no text */
export function textOf(value: ProtobufField['value']): string {
  try {
    return utf8.decode(bytesOf(value));
  } catch (error) {
    throw new ProtobufError('not a text', { cause: error });
  }
}

/** @throws ProtobufError where the value is a number */
export function bytesOf(value: ProtobufField['value']): Uint8Array {
  if (typeof value === 'bigint') {
    throw new ProtobufError('a number where bytes are expected');
  }
  return value;
}

/** @throws ProtobufError where the value is no number */
export function integerOf(value: ProtobufField['value']): bigint {
  if (typeof value !== 'bigint') {
    throw new ProtobufError('bytes where a number is expected');
  }
  return value;
}

/** The double whose eight bytes a field of fixed width has. */
export function doubleOf(value: ProtobufField['value']): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, integerOf(value));
  return view.getFloat64(0);
}
