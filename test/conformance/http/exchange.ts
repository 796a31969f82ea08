// A request that is sent to MLflow's server and to ours, and what may differ in the answers.
import type { DeviationId } from '../../support/deviationIds.js';

export interface Exchange {
  readonly name: string;
  readonly method: string;
  /** Below the server's URI; `<name>` stands for what an earlier exchange kept under that name. */
  readonly path: string;
  /** Sent as it is, a text with the same places; undefined for no body. */
  readonly body: string | Uint8Array | undefined;
  /** With the same places. */
  readonly headers: Readonly<Record<string, string>>;
  /** What to keep of the answer: a name, and the way to the value in the JSON. */
  readonly keep: Readonly<Record<string, readonly string[]>>;
  /** Everything, the statuses alone, or not even those: then the row of docs/deviations.md says why. */
  readonly compare: 'all' | 'status' | { readonly ours: number; readonly because: DeviationId };
}

type Extra = Partial<Pick<Exchange, 'keep' | 'compare' | 'headers'>>;

const JSON_TYPE = { 'content-type': 'application/json' };
const DEFAULTS = { keep: {}, compare: 'all' } as const;

/** A call below `/api/2.0/mlflow/` with a JSON body, given as a value or as its text. */
export function post(name: string, path: string, body: unknown, extra: Extra = {}): Exchange {
  return withBody('POST', name, path, body, extra);
}

export function patch(name: string, path: string, body: unknown, extra: Extra = {}): Exchange {
  return withBody('PATCH', name, path, body, extra);
}

/** A deletion that says in its body what to delete. */
export function removeWith(name: string, path: string, body: unknown, extra: Extra = {}): Exchange {
  return withBody('DELETE', name, path, body, extra);
}

/** Bytes as they are. */
export function postBytes(name: string, path: string, body: Uint8Array, extra: Extra = {}): Exchange {
  return { ...post(name, path, undefined, extra), body };
}

export function remove(name: string, path: string, extra: Extra = {}): Exchange {
  return { ...DEFAULTS, name, method: 'DELETE', path: apiPath(path), body: undefined, headers: {}, ...extra };
}

/** A DELETE call with a body, as the registry has them. */
export function removeBy(name: string, path: string, body: unknown, extra: Extra = {}): Exchange {
  return withBody('DELETE', name, path, body, extra);
}

export function get(name: string, path: string, extra: Extra = {}): Exchange {
  return { ...DEFAULTS, name, method: 'GET', path: apiPath(path), body: undefined, headers: {}, ...extra };
}

function withBody(method: string, name: string, path: string, body: unknown, extra: Extra): Exchange {
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  return { ...DEFAULTS, name, method, path: apiPath(path), body: text, headers: JSON_TYPE, ...extra };
}

/** Paths that start with a slash are taken as they are. */
function apiPath(path: string): string {
  return path.startsWith('/') ? path : `/api/2.0/mlflow/${path}`;
}
