// Many training scripts at once: each run logs each of its metrics once a second, with one request for each value.
import { setTimeout as sleep } from 'node:timers/promises';
import { BenchClient } from '../../httpClient.js';

/** What {@link main} prints, a line each: the runs before the first value is logged, and the end. */
export type LoadReport =
  | { readonly event: 'started'; readonly runIds: readonly string[] }
  | {
      readonly event: 'ended';
      readonly logged: number;
      readonly seconds: number;
      /** The step of the last value of every metric. */
      readonly lastStep: number;
    };

const RUN_PARAMS = 10;

interface CreatedRun {
  readonly run: { readonly info: { readonly run_id: string } };
}

async function main(args: readonly string[]): Promise<void> {
  const [uri = '', experimentId = '', runs = '', metrics = '', seconds = ''] = args;
  const client = new BenchClient(uri);
  const runIds: string[] = [];
  for (let index = 0; index < Number(runs); index += 1) {
    runIds.push(await createRun(client, experimentId, `load ${index}`));
  }
  report({ event: 'started', runIds });
  const started = performance.now();
  const steps = Number(seconds);
  await Promise.all(runIds.map((runId, index) => train(client, runId, Number(metrics), steps, index)));
  const took = (performance.now() - started) / 1000;
  const logged = runIds.length * Number(metrics) * steps;
  report({ event: 'ended', logged, seconds: took, lastStep: steps - 1 });
  client.close();
}

async function createRun(client: BenchClient, experimentId: string, name: string): Promise<string> {
  const created = await client.call<CreatedRun>('runs/create', {
    experiment_id: experimentId,
    run_name: name,
    start_time: Date.now(),
  });
  const { run_id } = created.run.info;
  const params = Array.from({ length: RUN_PARAMS }, (_, key) => ({ key: `param_${key}`, value: `${key}` }));
  await client.call('runs/log-batch', { run_id, params });
  return run_id;
}

/** One script: waits for each answer, and logs on at once where it is late. */
async function train(
  client: BenchClient,
  runId: string,
  metrics: number,
  steps: number,
  phase: number,
): Promise<void> {
  const started = performance.now() + phase;
  for (let step = 0; step < steps; step += 1) {
    for (let key = 0; key < metrics; key += 1) {
      const due = started + (step + key / metrics) * 1000;
      await sleep(Math.max(0, due - performance.now()));
      await client.call('runs/log-metric', {
        run_id: runId,
        key: `metric_${key}`,
        value: step + key / 100,
        step,
        timestamp: Date.now(),
      });
    }
  }
}

function report(line: LoadReport): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
