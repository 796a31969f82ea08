import { parseJson } from '../../../src/core/wire/json.js';
import type { Exchange } from './exchange.js';

/** A server under comparison, and what its earlier answers said. */
export interface Side {
  readonly uri: string;
  /** The folder of its store, as it writes it. */
  readonly folder: string;
  readonly kept: Map<string, string>;
}

export interface Answer {
  readonly status: number;
  /** Undefined where the body is no JSON. */
  readonly json: unknown;
}

export async function ask(side: Side, exchange: Exchange): Promise<Answer> {
  const response = await fetch(side.uri + filled(exchange.path, side), {
    method: exchange.method,
    headers: Object.entries(exchange.headers).map(([name, value]) => [name, filled(value, side)]),
    ...(exchange.body !== undefined && {
      body: typeof exchange.body === 'string' ? filled(exchange.body, side) : exchange.body,
    }),
  });
  const text = await response.text();
  const json = tryParse(text);
  for (const [name, way] of Object.entries(exchange.keep)) {
    const value = way.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], json);
    if (typeof value !== 'string') {
      throw new Error(
        `${exchange.name}: nothing to keep as ${name} in ${response.status} ${text.slice(0, 300)}`,
      );
    }
    side.kept.set(name, value);
  }
  return { status: response.status, json };
}

function filled(template: string, side: Side): string {
  return template.replace(/<(\w+)>/g, (place, name: string) => side.kept.get(name) ?? place);
}

function tryParse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** What both servers make up by themselves, and what only MLflow's newest releases add to their errors. */
const DROPPED = new Set(['sqlstate', 'error_class', 'next_page_token']);
const TIMES = /^(creation_time|created_time|last_update_time|start_time|end_time|\w+_timestamp(_ms)?)$/;

/** The answer without what is different each time: ids and paths by their names, times and made-up names. */
export function comparable(value: unknown, side: Side, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => comparable(item, side));
    return isKeyed(items) ? items.sort((a, b) => (a.key < b.key ? -1 : 1)) : items;
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => !DROPPED.has(name))
        .map(([name, item]) => [name, comparable(item, side, name)]),
    );
  }
  if (TIMES.test(key) && Number(value) > 1e12) {
    return '<now>';
  }
  return typeof value === 'string' ? (isNow(value) ? '<now>' : named(value, side)) : value;
}

/** Whether a text is a time as protobuf writes it, of this hour. */
function isNow(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT.*Z$/.test(text) && Math.abs(Date.parse(text) - Date.now()) < 3_600_000;
}

function isKeyed(items: unknown[]): items is { key: string }[] {
  return items.every((item) => typeof (item as { key?: unknown } | null)?.key === 'string');
}

function named(text: string, side: Side): string {
  let result = text.replaceAll(side.folder, '<folder>');
  for (const [name, value] of side.kept) {
    // Numbers of experiments are too short to be told from other numbers, and are the same on both sides.
    result = value.length > 5 ? result.replaceAll(value, `<${name}>`) : result;
  }
  // Ids that nothing was kept of, and names that MLflow draws for runs and models.
  return result.replace(/\b[0-9a-f]{32}\b/g, '<id>').replace(/\b[a-z]+-[a-z]+-\d{1,3}\b/g, '<random name>');
}
