// Extensions of different versions meet at one store: an update while scripts log.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, vi } from 'vitest';
import { stateFolderOf } from '../../src/core/servers/stateFolder.js';
import { callApi, createRun, request } from '../support/api.js';
import { startBuiltServer } from '../support/builtServer.js';
import { isRunning } from '../support/processFacts.js';
import { startPython } from '../support/python.js';
import { testFolder, valueOf, withDatabase } from './support/database.js';
import { programOfVersion } from './support/programs.js';
import { extensionOf, problemOf } from './support/windows.js';

const LOG_STEADILY = join(import.meta.dirname, 'python', 'log_steadily.py');
const THREADS = 4;

interface Logged {
  readonly acknowledged: Readonly<Record<string, readonly number[]>>;
  readonly errors: readonly string[];
}

function newStore() {
  const storePath = join(testFolder(), 'mlflow.db');
  return { storePath, stateFolder: stateFolderOf(storePath) };
}

/** The extension of a version, with a program folder of its own. */
function release(storePath: string, version: string) {
  return extensionOf(storePath, { version, program: programOfVersion(version) });
}

function stepsIn(storePath: string, key: string): Set<number> {
  return withDatabase(storePath, (database) => {
    const rows = database.prepare('SELECT step FROM metrics WHERE key = ?').all(key);
    return new Set(rows.map(({ step }) => Number(step)));
  });
}

describe('an older server', () => {
  it('hands over to that of a newer extension, again and again, and scripts go on logging', async () => {
    const { storePath } = newStore();
    const first = await release(storePath, '0.0.1').ensure(storePath);
    const runId = await createRun(first.uri);
    const scripts = [1, 2].map(() => startPython(LOG_STEADILY, first.uri, runId, String(THREADS)));
    for (const script of scripts) {
      expect(await script.line()).toBe('logging');
    }
    let former = first.identity.pid;
    for (const version of ['0.0.2', '0.0.10', '0.1.0', '1.0.0', '9.0.0']) {
      const { uri, identity } = await release(storePath, version).ensure(storePath);
      expect(uri).toBe(first.uri);
      expect(identity.version).toBe(version);
      expect(identity.pid).not.toBe(former);
      expect(isRunning(former)).toBe(false);
      former = identity.pid;
      // Something was logged through each of them.
      const before = valueOf(storePath, 'SELECT count(*) FROM metrics');
      await vi.waitFor(
        () => expect(valueOf(storePath, 'SELECT count(*) FROM metrics')).toBeGreaterThan(Number(before)),
        20_000,
      );
    }
    for (const script of scripts) {
      script.end();
      const { acknowledged, errors } = JSON.parse(await script.line()) as Logged;
      expect(errors).toEqual([]);
      for (const [key, steps] of Object.entries(acknowledged)) {
        expect(steps).toEqual(steps.map((_, index) => index));
        const kept = stepsIn(storePath, key);
        expect(steps.filter((step) => !kept.has(step))).toEqual([]);
      }
    }
  });

  it('finishes a write that waits for another process before the new one begins', async () => {
    const { storePath } = newStore();
    const old = await release(storePath, '0.0.1').ensure(storePath);
    const runId = await createRun(old.uri);
    const other = new DatabaseSync(storePath);
    other.exec('BEGIN IMMEDIATE');
    const write = callApi(old.uri, 'runs/set-tag', { run_id: runId, key: 'k', value: 'v' });
    await callApi(old.uri, `runs/get?run_id=${runId}`);
    const replaced = release(storePath, '0.0.2').ensure(storePath);
    await vi.waitFor(() => expect(request(`${old.uri}/health`)).rejects.toThrow(), 10_000);
    expect(isRunning(old.identity.pid)).toBe(true);
    other.exec('ROLLBACK');
    other.close();
    expect((await write).status).toBe(200);
    expect((await replaced).identity.version).toBe('0.0.2');
    expect(valueOf(storePath, `SELECT value FROM tags WHERE key = 'k'`)).toBe('v');
  });

  it('hands over once to windows that come at the same moment', async () => {
    const { storePath } = newStore();
    await release(storePath, '0.0.1').ensure(storePath);
    const program = programOfVersion('0.0.2');
    const windows = Array.from({ length: 4 }, () => extensionOf(storePath, { version: '0.0.2', program }));
    const found = await Promise.all(windows.map((window) => window.ensure(storePath)));
    expect(new Set(found.map(({ identity }) => identity.pid)).size).toBe(1);
    expect(found[0]?.identity.version).toBe('0.0.2');
  });

  it('that was started by hand is used, and not ended', async () => {
    const { storePath, stateFolder } = newStore();
    const program = programOfVersion('0.0.1');
    const byHand = await startBuiltServer({ storePath, stateFolder, program });
    const { identity } = await release(storePath, '0.0.2').ensure(storePath);
    expect(identity).toMatchObject({ pid: byHand.child.pid, version: '0.0.1' });
  });

  it('that was started by hand and speaks an older protocol is named', async () => {
    const { storePath, stateFolder } = newStore();
    const program = programOfVersion('0.0.1', { version: 0, oldest: 0 });
    const byHand = await startBuiltServer({ storePath, stateFolder, program });
    expect(await problemOf(release(storePath, '0.0.2').ensure(storePath))).toMatchObject({
      kind: 'tooOld',
      holder: { pid: byHand.child.pid, version: '0.0.1' },
    });
    expect(byHand.child.exitCode).toBeNull();
  });
});

describe('a newer server', () => {
  it('is used by an older extension', async () => {
    const { storePath } = newStore();
    const newer = await release(storePath, '9.0.0').ensure(storePath);
    const found = await release(storePath, '0.0.1').ensure(storePath);
    expect(found).toMatchObject({ uri: newer.uri, identity: { pid: newer.identity.pid } });
  });

  it('is named by an older extension that it has left behind', async () => {
    const { storePath } = newStore();
    const program = programOfVersion('9.0.0', { version: 2, oldest: 2 });
    const state = stateFolderOf(storePath);
    const newer = await startBuiltServer({ storePath, stateFolder: state, program, args: ['--lease'] });
    expect(await problemOf(release(storePath, '0.0.1').ensure(storePath))).toMatchObject({
      kind: 'tooNew',
      holder: { pid: newer.child.pid, version: '9.0.0' },
    });
  });
});
