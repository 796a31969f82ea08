import { pythonFloat, pythonJson } from '../../core/base/pythonJson.js';
import type { SpanAttribute } from '../../core/domain/trace.js';
import { bytesOf, doubleOf, fieldsOf, integerOf, ProtobufError, textOf } from './protobufReader.js';

/** Of messages within each other; protobuf's own limit. */
const NESTING = 100;

/** Gathers the attributes of a message; of two with one name the last counts. */
export class Attributes {
  private readonly values = new Map<string, string>();

  /** @param bytes of a `KeyValue` */
  add(bytes: Uint8Array): void {
    const [key, value] = keyValue(bytes, 0);
    this.values.set(key, value);
  }

  list(): SpanAttribute[] {
    return [...this.values].map(([key, value]) => ({ key, value }));
  }
}

function keyValue(bytes: Uint8Array, depth: number): readonly [key: string, value: string] {
  let key = '';
  let value = 'null';
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) {
      key = textOf(field.value);
    } else if (field.number === 2) {
      value = anyValue(bytesOf(field.value), depth);
    }
  }
  return [key, value];
}

/** The JSON text, as Python writes it, of an `AnyValue`. */
function anyValue(bytes: Uint8Array, depth: number): string {
  if (depth > NESTING) {
    throw new ProtobufError('nested too deep');
  }
  let text = 'null';
  for (const { number, value } of fieldsOf(bytes)) {
    switch (number) {
      case 1:
        text = pythonJson(textOf(value));
        break;
      case 2:
        text = integerOf(value) === 0n ? 'false' : 'true';
        break;
      case 3:
        text = String(BigInt.asIntN(64, integerOf(value)));
        break;
      case 4:
        text = pythonFloat(doubleOf(value));
        break;
      case 5:
        text = `[${itemsOf(bytesOf(value), (item) => anyValue(item, depth + 1)).join(', ')}]`;
        break;
      case 6:
        text = objectText(itemsOf(bytesOf(value), (item) => keyValue(item, depth + 1)));
        break;
      case 7:
        text = pythonJson(Buffer.from(bytesOf(value)).toString('base64'));
        break;
    }
  }
  return text;
}

/** The values of an `ArrayValue` or a `KeyValueList`. */
function itemsOf<T>(bytes: Uint8Array, read: (item: Uint8Array) => T): T[] {
  const items: T[] = [];
  for (const { number, value } of fieldsOf(bytes)) {
    if (number === 1) {
      items.push(read(bytesOf(value)));
    }
  }
  return items;
}

function objectText(entries: readonly (readonly [string, string])[]): string {
  return `{${[...new Map(entries)].map(([key, text]) => `${pythonJson(key)}: ${text}`).join(', ')}}`;
}
