// Runs for the sample workspace on a machine without Python: a small model fitted here and logged through our own
// tracking server's REST API, as a client in any other language would.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { root } from './paths.mjs';

/** Logs runs into `mlflow.db` of the folder; the built server has to be there. */
export async function logSampleRuns(workspace) {
  const state = mkdtempSync(join(tmpdir(), 'mlflow-workbench-start-'));
  const args = [
    join(root, 'dist', 'server.cjs'),
    '--store',
    join(workspace, 'mlflow.db'),
    '--state-dir',
    state,
  ];
  const server = spawn(process.execPath, [...args, '--log-level', 'warn'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  try {
    const announcement = JSON.parse(await firstLine(server.stdout));
    if (announcement.event !== 'ready') throw new Error(announcement.message ?? announcement.event);
    await logRuns((path, body) => post(`${announcement.uri}/api/2.0/mlflow/${path}`, body));
  } finally {
    server.kill();
    await ended;
    rmSync(state, { recursive: true, force: true });
  }
}

async function logRuns(call) {
  const { experiment_id } = await call('experiments/create', { name: 'line fit' });
  for (const rate of [0.02, 0.2, 0.9]) {
    const { run } = await call('runs/create', {
      experiment_id,
      run_name: `learning rate ${rate}`,
      start_time: Date.now(),
    });
    const { run_id, artifact_uri } = run.info;
    const { slope, offset, losses } = fitLine(rate);
    const timestamp = Date.now();
    await call('runs/log-batch', {
      run_id,
      params: [
        { key: 'learning_rate', value: String(rate) },
        { key: 'steps', value: String(losses.length) },
      ],
      metrics: losses.map((value, step) => ({ key: 'loss', value, step, timestamp })),
      tags: [{ key: 'mlflow.source.name', value: 'scripts/lib/sampleRuns.mjs' }],
    });
    const folder = artifact_uri.startsWith('file:') ? fileURLToPath(artifact_uri) : artifact_uri;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'fit.txt'), `y = ${slope} x + ${offset}\n`);
    await call('runs/update', { run_id, status: 'FINISHED', end_time: Date.now() });
  }
}

/** Fits y = 3 x + 1, with a little regular noise, by gradient descent, and keeps the loss of each step. */
function fitLine(rate) {
  const xs = Array.from({ length: 20 }, (_, index) => index / 10 - 1);
  const ys = xs.map((x, index) => 3 * x + 1 + 0.1 * Math.sin(7 * index));
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  let slope = 0;
  let offset = 0;
  const losses = [];
  for (let step = 0; step < 50; step++) {
    const errors = xs.map((x, index) => slope * x + offset - ys[index]);
    losses.push(mean(errors.map((error) => error * error)));
    slope -= rate * mean(errors.map((error, index) => 2 * error * xs[index]));
    offset -= rate * mean(errors.map((error) => 2 * error));
  }
  return { slope, offset, losses };
}

async function post(address, body) {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`The tracking server answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

async function firstLine(stream) {
  for await (const line of createInterface({ input: stream })) return line;
  throw new Error('The tracking server ended before it was ready.');
}
