// Requests to a tracking server as any client sends them, without the retries of a real one.

/** What a server answered. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  /** The body where it is a JSON object, else an empty one. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** Calls a method of MLflow's API, such as `runs/create`: with a body by POST, without one by GET. */
export function callApi(uri: string, method: string, body?: unknown): Promise<Answer> {
  const url = `${uri}/api/2.0/mlflow/${method}`;
  return request(url, body === undefined ? {} : asJson(body));
}

/** A request that posts a value. */
export function asJson(body: unknown): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

/** Sends a request. */
export async function request(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init);
  const body = await response.text();
  return { status: response.status, body, json: jsonOf(body) };
}

function jsonOf(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Makes a run in an experiment, the Default one where none is named, and returns its id. */
export async function createRun(uri: string, experimentId = '0'): Promise<string> {
  const { status, json, body } = await callApi(uri, 'runs/create', { experiment_id: experimentId });
  if (status !== 200) {
    throw new Error(`runs/create was answered with ${status}: ${body}`);
  }
  return (json as { run: { info: { run_id: string } } }).run.info.run_id;
}
