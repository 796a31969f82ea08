// Makes a database of our server's and fills it: one experiment of many runs, one of a few with many values, and many
// empty ones. A process of its own, because writing so much holds its event loop.
import { setTimeout as sleep } from 'node:timers/promises';
import { type BenchServer, planWorkbench, startServer } from '../../servers.js';
import { fillExperiment } from '../../seed.js';

/** What {@link main} prints. */
export interface FilledStore {
  /** An experiment of `runs` runs with 4 values each. */
  readonly huge: string;
  /** An experiment of 1,000 runs with 200 values each. */
  readonly wide: string;
}

const WIDE_RUNS = 1000;
/** Long enough for another creation time. */
const CLOCK_MS = 10;
const FEW = { metrics: 2, params: 1, tags: 1 };
const WIDE = { metrics: 100, params: 80, tags: 20 };

async function main([
  program = '',
  folder = '',
  runs = '',
  experiments = '',
]: readonly string[]): Promise<void> {
  const server = await startServer(planWorkbench(folder, program));
  const named = (name: string) => createExperiment(server, name);
  for (let count = 3; count < Number(experiments); count += 1) {
    await named(`experiment ${count}`);
  }
  // The latest made stand first.
  const wide = await named('wide');
  await sleep(CLOCK_MS);
  const filled = { wide, huge: await named('huge') };
  await server.stop();
  fillExperiment(`${folder}/mlflow.db`, filled.huge, Number(runs), FEW);
  fillExperiment(`${folder}/mlflow.db`, filled.wide, WIDE_RUNS, WIDE);
  process.stdout.write(JSON.stringify(filled satisfies FilledStore));
}

async function createExperiment({ client }: BenchServer, name: string): Promise<string> {
  return (await client.call<{ experiment_id: string }>('experiments/create', { name })).experiment_id;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
