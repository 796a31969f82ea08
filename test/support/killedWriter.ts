// A process that writes to a store until it is killed, and says what was acknowledged.
import { writeSync } from 'node:fs';
import { openWorkerStore } from '../../src/server/sqlite/openStore.js';

const [path = '', workerFile = '', round = ''] = process.argv.slice(2);
const { store } = await openWorkerStore({ path, workerFile });
const { info } = await store.createRun({ experimentId: '0', runName: round, tags: [] });
writeSync(1, `run ${info.runId}\n`);

/** Logs one value after the other: several of these share commits. */
async function write(key: string): Promise<void> {
  for (let step = 0; ; step += 1) {
    await store.logMetric(info.runId, { key, value: step, timestamp: step, step });
    writeSync(1, `${key} ${step}\n`);
  }
}

await Promise.all(['a', 'b', 'c', 'd'].map(write));
