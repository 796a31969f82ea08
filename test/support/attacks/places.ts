// Where a client's text could become a path: a line for each route, so that a new one is attacked by adding one.
import type { RawRequest } from '../rawHttp.js';
import type { AttackTarget } from './target.js';

/** A request with an attacker's text in it, as it is written in a URL. */
export interface PathPlace {
  readonly name: string;
  readonly request: (text: string, target: AttackTarget) => RawRequest;
}

/** @param path with `<run>`, `<model>` and `<trace>` for their ids; the attacker's text follows */
function at(method: string, path: string, body?: string): PathPlace {
  return {
    name: `${method} ${path}`,
    request: (text, { prefix, runId, modelId, traceId }) => ({
      method,
      target: `${prefix}${path.replace('<run>', runId).replace('<model>', modelId).replace('<trace>', traceId)}${text}`,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body }),
    }),
  };
}

const PROXY = '/api/2.0/mlflow-artifacts';

/** Routes that read or list. */
export const READ_PLACES: readonly PathPlace[] = [
  at('GET', '/api/2.0/mlflow/artifacts/list?run_id=<run>&path='),
  at('GET', '/ajax-api/2.0/mlflow/artifacts/list?run_uuid=<run>&path='),
  at('GET', '/get-artifact?run_id=<run>&path='),
  at('GET', '/get-artifact?run_uuid=<run>&path='),
  at('GET', '/api/2.0/mlflow/logged-models/<model>/artifacts/directories?artifact_directory_path='),
  at('GET', '/ajax-api/2.0/mlflow/logged-models/<model>/artifacts/files?artifact_file_path='),
  at('GET', '/model-versions/get-artifact?name=planted&version=1&path='),
  at('GET', '/model-versions/get-artifact?name=planted&version=2&path='),
  at('GET', '/ajax-api/2.0/mlflow/get-trace-artifact?request_id=<trace>&path='),
  at('GET', '/ajax-api/3.0/mlflow/get-trace-artifact?request_id=<trace>&path='),
  at('GET', `${PROXY}/artifacts/`),
  at('GET', '/ajax-api/2.0/mlflow-artifacts/artifacts/'),
  at('GET', `${PROXY}/artifacts?path=`),
];

/** Routes that write or delete. */
export const WRITE_PLACES: readonly PathPlace[] = [
  at('PUT', `${PROXY}/artifacts/`, 'written'),
  at('DELETE', `${PROXY}/artifacts/`),
];

/** A request with an attacker's URI in its body. */
export interface UriPlace {
  readonly path: string;
  /** @param name free to be used for what is made */
  readonly body: (uri: string, name: string) => Readonly<Record<string, unknown>>;
}

/** Routes that keep a URI which they could be made to open. */
export const URI_PLACES: readonly UriPlace[] = [
  { path: 'experiments/create', body: (uri, name) => ({ name, artifact_location: uri }) },
  { path: 'experiments/create', body: (uri, name) => ({ name, artifactLocation: uri }) },
];
