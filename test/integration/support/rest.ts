/** Calls MLflow's REST API as any client would. */
export async function post<T>(uri: string, path: string, body: unknown): Promise<T> {
  const response = await fetch(`${uri}/api/2.0/mlflow/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

interface CreatedRun {
  readonly run: { readonly info: { readonly run_id: string; readonly artifact_uri: string } };
}

/** Creates a run, in the default experiment where no other is named. */
export async function createRun(
  uri: string,
  runName: string,
  tags: readonly { key: string; value: string }[] = [],
  experimentId = '0',
): Promise<{ readonly runId: string; readonly artifactUri: string }> {
  const body = { experiment_id: experimentId, run_name: runName, start_time: Date.now(), tags };
  const { info } = (await post<CreatedRun>(uri, 'runs/create', body)).run;
  return { runId: info.run_id, artifactUri: info.artifact_uri };
}

export async function logMetric(uri: string, runId: string, value: number, step: number): Promise<void> {
  await post(uri, 'runs/log-metric', { run_id: runId, key: 'loss', value, step, timestamp: Date.now() });
}

/** Ends the server at an address, as a window does that has no use for it. */
export async function endServer(uri: string): Promise<void> {
  await fetch(`${uri}/api/workbench/1.0/shutdown`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
}
