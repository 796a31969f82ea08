import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startBuiltServer } from '../support/builtServer.js';
import { inspect } from '../support/killing/inspect.js';
import { copyStore } from '../support/killing/killRounds.js';
import { Writers } from '../support/killing/writers.js';
import { testFolder } from './support/database.js';

const SNAPSHOTS = 20;
/** A part of a frame of the log, as a write that was under way leaves it. */
const TORN = Buffer.alloc(1111, 0x5a);

/** Stops every thread of a process where it is: nothing is written from then on. */
async function freeze(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  const tasks = `/proc/${pid}/task`;
  const state = (task: string) => / ([A-Z]) /.exec(readFileSync(join(tasks, task, 'stat'), 'utf8'))?.[1];
  while (readdirSync(tasks).some((task) => state(task) !== 'T')) {
    await sleep(1);
  }
}

it.runIf(process.platform === 'linux')(
  'the database and its log are whole at any moment, as a loss of power would leave them',
  async () => {
    const folder = testFolder();
    const server = await startBuiltServer({ storePath: join(folder, 'mlflow.db') });
    const writers = new Writers();
    const writing = writers.write(server.uri);
    for (let snapshot = 0; snapshot < SNAPSHOTS; snapshot += 1) {
      await Promise.race([writers.acknowledged(1 + ((snapshot * 61) % 200)), writing]);
      await freeze(server.state.pid);
      const proofs = [...writers.proofs];
      const copy = copyStore(server.state.storePath, join(folder, `snapshot ${snapshot}`));
      process.kill(server.state.pid, 'SIGCONT');
      if (snapshot % 2 === 1) {
        appendFileSync(`${copy}-wal`, TORN);
      }
      const { lost, halves, integrity } = inspect(copy, proofs);
      expect({ lost, halves, integrity }).toEqual({ lost: [], halves: [], integrity: 'ok' });
    }
    writers.expectEnd();
    server.child.kill('SIGKILL');
    await writing;
  },
);
