// A server with artifacts to protect: what is planted inside its folders, and what lies outside of them.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { callApi, createRun, request } from '../api.js';
import { exportRequest, span } from '../protobuf.js';
import { makeTemporaryFolder } from '../temporaryFolder.js';

/** What is in the files that nobody may see. */
export const OUTSIDE_TEXT = 'what lies outside of every approved folder';

/** A server as an attacker sees it who knows the secret. */
export interface AttackedServer {
  readonly uri: string;
  /** Where its database is. */
  readonly folder: string;
}

export interface AttackTarget extends AttackedServer {
  readonly port: number;
  /** With a leading slash: what every target of a request begins with. */
  readonly prefix: string;
  /** A run whose artifacts are files below the store's folder, and their folder. */
  readonly runId: string;
  readonly runFolder: string;
  /** A logged model of the same experiment, and its folder. */
  readonly modelId: string;
  readonly modelFolder: string;
  /** A trace of the same experiment, and the folder of what is attached to it. */
  readonly traceId: string;
  readonly traceFolder: string;
  /** What the artifact proxy serves. */
  readonly proxyFolder: string;
  /** A folder with `file.txt` that nobody approved. */
  readonly outside: string;
  remove(): void;
}

/** Makes an experiment, a run, a model and versions of the run, and puts files and links that lead out among their artifacts. */
export async function plant(server: AttackedServer): Promise<AttackTarget> {
  const outside = makeTemporaryFolder();
  writeFileSync(join(outside.path, 'file.txt'), OUTSIDE_TEXT);
  const root = join(server.folder, 'mlruns', 'planted');
  const { json } = await callApi(server.uri, 'experiments/create', {
    name: 'planted',
    artifact_location: root,
  });
  const runId = await createRun(server.uri, json.experiment_id as string);
  const created = await callApi(server.uri, 'logged-models', { experiment_id: json.experiment_id });
  const modelId = (created.json as { model: { info: { model_id: string } } }).model.info.model_id;
  const traceId = await logTrace(server.uri, json.experiment_id as string);
  const target = {
    ...server,
    port: Number(new URL(server.uri).port),
    prefix: new URL(server.uri).pathname,
    runId,
    runFolder: join(root, runId, 'artifacts'),
    modelId,
    modelFolder: join(root, 'models', modelId, 'artifacts'),
    traceId,
    traceFolder: join(root, 'traces', traceId, 'artifacts', 'attachments'),
    proxyFolder: join(server.folder, 'mlartifacts'),
    outside: outside.path,
    remove: () => outside.remove(),
  };
  await registerVersions(server.uri, runId, [target.runFolder, `runs:/${runId}`]);
  const { runFolder, modelFolder, traceFolder, proxyFolder } = target;
  [runFolder, modelFolder, traceFolder, proxyFolder].forEach((folder) => fill(folder, outside.path));
  return target;
}

/** Makes a trace of one span, as OpenTelemetry's clients send it. @returns its id */
async function logTrace(uri: string, experimentId: string): Promise<string> {
  const otelId = '0af7651916cd43dd8448eb211c80319c';
  const { status } = await request(`${uri}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf', 'x-mlflow-experiment-id': experimentId },
    body: Buffer.from(exportRequest([], span({ traceId: otelId, spanId: 'b7ad6b7169203331' }))),
  });
  if (status !== 200) {
    throw new Error(`v1/traces was answered with ${status}`);
  }
  return `tr-${otelId}`;
}

/** Makes a registered model with a version of each source. */
async function registerVersions(uri: string, runId: string, sources: readonly string[]): Promise<void> {
  await callApi(uri, 'registered-models/create', { name: 'planted' });
  for (const source of sources) {
    const made = await callApi(uri, 'model-versions/create', { name: 'planted', source, run_id: runId });
    if (made.status !== 200) {
      throw new Error(`model-versions/create was answered with ${made.status}: ${made.body}`);
    }
  }
}

function fill(folder: string, outside: string): void {
  mkdirSync(join(folder, 'sub'), { recursive: true });
  writeFileSync(join(folder, 'inside.txt'), 'inside');
  writeFileSync(join(folder, 'sub', 'page.html'), '<script>alert(1)</script>');
  writeFileSync(join(folder, 'sub', 'picture.svg'), '<svg onload="alert(1)"/>');
  symlinkSync(join(outside, 'file.txt'), join(folder, 'linked.txt'));
  symlinkSync(outside, join(folder, 'linked'));
  symlinkSync(join(outside, 'not-there'), join(folder, 'dangling'));
}
