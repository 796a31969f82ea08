// Requests that nobody means: made from a route's own message, and from nothing.
import fc from 'fast-check';
import type { Field, MessageType } from '../../src/core/wire/messageTypes.js';

/** What is in the store, by the end of the names of the fields that mean it: these get past the first checks. */
export type Known = Readonly<Record<string, string>>;

const NUMBERS = [
  '0',
  '-1',
  '1e400',
  '9223372036854775808',
  '1.5',
  'NaN',
  'Infinity',
  '-Infinity',
  '2147483648',
];
const PLAIN = ['k', 'a/b', '1', 'name', "name = 'k'", 'metrics.k DESC', 'READY', 'FINISHED'];
/** What is right for some names. */
const RIGHT: Readonly<Record<string, readonly string[]>> = {
  filter: ['', "name = 'k'", "tags.k = 'k'", 'metrics.k > 1'],
  order_by: ['name', 'name DESC', 'creation_time'],
  page_token: [''],
  max_results: ['10'],
  location: ['', 'mlruns/k', 's3://bucket/k'],
  model_json: ['{"artifact_path":"m","flavors":{},"utc_time_created":"t","run_id":"r"}'],
};
const TEXTS = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\ufeff',
  '%',
  '../..',
  "' OR 1=1 --",
  'metrics.`x` > 1',
  'a'.repeat(10_000),
  '__proto__',
  'W10=',
];

function text(known: Known, name = ''): fc.Arbitrary<string> {
  const meant = Object.entries({ ...RIGHT, ...known }).find(([end]) => name.replace(/s$/, '').endsWith(end));
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...(meant === undefined ? PLAIN : [meant[1]].flat())) },
    { weight: 1, arbitrary: fc.constantFrom(...Object.values(known), ...TEXTS, ...NUMBERS) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  );
}

const number = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 100 }) },
  { weight: 1, arbitrary: fc.integer() },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.constantFrom(0, -1, 2 ** 31, 2 ** 53, 1e300, -0.5, 50_001) },
);

/** Anything that JSON can say. */
function anyJson(known: Known): fc.Arbitrary<unknown> {
  const leaf = fc.oneof(text(known), number, fc.boolean(), fc.constant(null));
  return fc.oneof(
    { weight: 3, arbitrary: leaf },
    { weight: 1, arbitrary: fc.array(leaf, { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.dictionary(text(known), leaf, { maxKeys: 3 }) },
    { weight: 1, arbitrary: fc.constantFrom({ valueOf: 1, toString: 1 }, [[]], [null], [[1]]) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  );
}

function scalar(name: string, field: Field, known: Known): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case 'message':
      return messageBody(field.message ?? {}, known);
    case 'enum':
      return fc.constantFrom(...(field.names?.values() ?? []), ...(field.names?.keys() ?? []));
    case 'bool':
      return fc.boolean();
    case 'int64':
    case 'int32':
    case 'double':
      return fc.oneof(
        { weight: 4, arbitrary: number },
        { weight: 1, arbitrary: fc.constantFrom(...NUMBERS) },
      );
    default:
      return text(known, name);
  }
}

function fieldValue(name: string, field: Field, known: Known): fc.Arbitrary<unknown> {
  const right = scalar(name, field, known);
  return fc.oneof(
    { weight: 20, arbitrary: field.repeated ? fc.array(right, { maxLength: 3 }) : right },
    { weight: 1, arbitrary: anyJson(known) },
  );
}

/** A body of the route's own fields: a few missing, most of the right type, some of another. */
function messageBody(type: MessageType, known: Known): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.entries(type).map(([name, field]) => {
    const present = fieldValue(name, field, known);
    return [name, fc.option(present, { freq: 8, nil: undefined })] as const;
  });
  return fc.record(Object.fromEntries(fields));
}

/** The bytes of a body: of the message, of any JSON, of JSON that is cut off, of no JSON. */
export function bodyBytes(type: MessageType, known: Known): fc.Arbitrary<Buffer> {
  const message = messageBody(type, known).map((value) => JSON.stringify(value));
  const cut = fc
    .tuple(message, fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([json, share]) => json.slice(0, Math.floor(json.length * share)));
  const bare = message.map((json) => json.replace(/"(NaN|-?Infinity|\d+)"/g, '$1'));
  const twice = message.map((json) => JSON.stringify(json));
  const texts = fc.oneof(
    { weight: 12, arbitrary: message },
    { weight: 1, arbitrary: anyJson(known).map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: cut },
    { weight: 1, arbitrary: bare },
    { weight: 1, arbitrary: twice },
  );
  return fc.oneof(
    { weight: 15, arbitrary: texts.map((json) => Buffer.from(json)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  );
}

/** Parameters of routes that have no message. */
const OTHER_NAMES = ['path', 'run_id', 'points', 'artifact_file_path', 'metric_key', 'name', 'version'];

/** A query of the route's own parameters, some of them twice, or of others. */
export function queryText(type: MessageType, known: Known): fc.Arbitrary<string> {
  const own = Object.keys(type);
  const names = own.length > 0 ? own : OTHER_NAMES;
  const pair = (name: string) =>
    fc
      .oneof(
        { weight: 3, arbitrary: text(known, name) },
        { weight: 1, arbitrary: fc.constantFrom(...NUMBERS, '1', '10', 'true', 'ALL') },
      )
      .map((each) => `${name}=${escaped(each)}`);
  const all = fc.tuple(...names.map((name) => fc.option(pair(name), { freq: 8, nil: '' })));
  const repeated = fc.array(fc.constantFrom(...names).chain(pair), { maxLength: 6 });
  const raw = fc.string({ unit: fc.constantFrom(...'%&=+;abc0./?'), maxLength: 30 });
  return fc.oneof(
    { weight: 6, arbitrary: all.map((pairs) => pairs.join('&')) },
    { weight: 2, arbitrary: repeated.map((pairs) => pairs.join('&')) },
    { weight: 1, arbitrary: raw },
  );
}

/** As it is written in a URL; half a character cannot be. */
function escaped(part: string): string {
  return encodeURIComponent(part.replace(/\p{Surrogate}/gu, '\ufffd'));
}

/** Something in the place of a part of the path, `:name` or `*`. */
export function pathPart(name: string, known: Known): fc.Arbitrary<string> {
  return text(known, name).map((part) => escaped(part.slice(0, 1500)));
}
