import { type Endpoint, prefixesOf } from '../wire/endpoints.js';
import type { HttpClient } from './httpClient.js';

/** Values of a request; undefined ones are left out. */
export type Values = Readonly<Record<string, unknown>>;

export interface CallParts {
  /** What stands for `:name` in the endpoint's path. */
  readonly params?: Readonly<Record<string, string>>;
  /** Whether it only reads, although its method is POST. */
  readonly reads?: boolean;
}

/** Makes a call of MLflow's API and returns the JSON of its answer. */
export function callApi(
  client: HttpClient,
  endpoint: Endpoint,
  values: Values = {},
  { params = {}, reads = endpoint.method === 'GET' }: CallParts = {},
): Promise<unknown> {
  const { method, path } = endpoint;
  const [prefix] = prefixesOf(endpoint);
  const filled = path.replace(/:(\w+)/g, (_match, name: string) => encodeURIComponent(params[name] ?? ''));
  const given = { method, path: prefix + filled, reads };
  return client.json(method === 'GET' ? { ...given, query: queryOf(values) } : { ...given, body: values });
}

function queryOf(values: Values): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean') {
        query.append(name, String(item));
      }
    }
  }
  return query;
}
