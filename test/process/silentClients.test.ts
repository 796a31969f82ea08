// MLflow's real client over connections that are silent for many times what others are allowed, on a system that tells
// nothing of processes: an hour of silence in small.
import { resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { CONNECTION_BOUNDS } from '../../src/server/connectionBounds.js';
import { startInProcessServer } from '../support/inProcessServer.js';
import { livenessOf } from '../support/liveness.js';
import { startPython } from '../support/python.js';

const HOLD_RUN = resolve(import.meta.dirname, '../python/scripts/hold_run.py');
const IDLE_MS = 300;
const GRACE_MS = 200;
const PATIENCE = { timeout: 20_000 };

it('a living client is alive however silent it is, and gone at once when it is killed', async () => {
  const bounds = { ...CONNECTION_BOUNDS, idleMs: IDLE_MS };
  const server = await startInProcessServer({ bounds, graceMs: GRACE_MS });
  onTestFinished(() => server.stop());
  const script = startPython(HOLD_RUN, server.uri);
  const [runId = '', pid = ''] = (await script.line()).split(' ');
  const kind = async () => (await livenessOf(server.client, runId))?.process.kind;
  await new Promise((wake) => setTimeout(wake, 12 * IDLE_MS));
  expect(await kind()).toBe('alive');
  script.tell('log');
  await expect.poll(() => script.line(), PATIENCE).toBe('log');
  expect(await kind()).toBe('alive');
  process.kill(Number(pid), 'SIGKILL');
  await expect.poll(kind, PATIENCE).toBe('gone');
});
