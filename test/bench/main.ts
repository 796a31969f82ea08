// Measures our tracking server beside a real `mlflow server`, in one run and in turns. For its arguments see
// options.ts; scripts/bench.mjs starts it.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loggingScenarios } from './logging.js';
import { measureLimits } from './limits.js';
import { measure, type Row, type Scenario } from './measure.js';
import { type Options, readOptions } from './options.js';
import { longestScenario, readingScenarios } from './reading.js';
import { machineFacts, toLine, toMarkdown } from './report.js';
import { createExperiments, fillDatabase, type Seed, setJournalMode } from './seed.js';
import { planMlflow, planWorkbench, type ServerPlan, startServer } from './servers.js';
import { measureMemory, measureStarts, settledMemory } from './starting.js';

const STARTS = 3;

interface Folders {
  readonly workbench: string;
  readonly mlflow: string;
}

async function main(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => process.exit(130));
  }
  const options = readOptions();
  const report = await bench(options);
  mkdirSync(dirname(options.out), { recursive: true });
  writeFileSync(options.out, report);
  process.stdout.write(`\n${report}`);
}

async function bench(options: Options): Promise<string> {
  const folders = { workbench: join(options.folder, 'workbench'), mlflow: join(options.folder, 'mlflow') };
  const seed = await step('Fill the databases', () => seedDatabases(options, folders));
  const { rows, servers } = await step('Cold start', () =>
    measureStarts(STARTS, () => plans(options, folders)),
  );
  const all: Row[] = [];
  const keep = (measured: readonly Row[]) => {
    all.push(...measured);
    measured.forEach((row) => process.stderr.write(`  ${toLine(row)}\n`));
  };
  keep(rows);
  const memory = async (title: string) => keep(await step(title, () => measureMemory(title, servers)));
  await memory('Memory when idle after the start');
  const rowsFor = async (scenario: Scenario) =>
    keep(await step(scenario.name, () => measure(scenario, servers)));
  for (const scenario of [...loggingScenarios(seed), ...readingScenarios(seed)]) {
    await rowsFor(scenario);
  }
  await memory('Memory when idle after all this');
  const limits = await step('Limits of this machine', () => measureLimits(servers, seed, options));
  await rowsFor(longestScenario(seed));
  await Promise.all(servers.map((server) => server.stop()));
  const facts = [...machineFacts(options.python), ...(await settings(options, folders))];
  return toMarkdown({ facts, rows: all, limits });
}

/** One database, made by our server, and a copy of it, each in the journal mode that its server gives it. */
async function seedDatabases(options: Options, folders: Folders): Promise<Seed> {
  const path = join(folders.workbench, 'mlflow.db');
  const server = await startServer(planWorkbench(folders.workbench, options.program));
  const seed = await createExperiments(server);
  await server.stop();
  fillDatabase(path, seed);
  mkdirSync(folders.mlflow, { recursive: true });
  const copy = join(folders.mlflow, 'mlflow.db');
  copyFileSync(path, copy);
  setJournalMode(copy, 'delete');
  if (options.sameJournal) {
    setJournalMode(path, 'delete');
  }
  return seed;
}

async function plans({ program, python, profiles }: Options, folders: Folders): Promise<ServerPlan[]> {
  const nodeArgs = profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`];
  return [
    planWorkbench(folders.workbench, program, nodeArgs),
    ...(python === undefined ? [] : [await planMlflow(folders.mlflow, python, 1)]),
  ];
}

/** How the servers were set up, and what MLflow's costs when it is set up in other ways. */
async function settings({ python, sameJournal }: Options, folders: Folders): Promise<string[]> {
  const ours = `Workbench: as it comes, every write synced to disk, journal mode ${sameJournal ? 'delete' : 'wal'}`;
  if (python === undefined) {
    return [ours];
  }
  const one = await planMlflow(folders.mlflow, python, 1);
  const lean = { ...one, env: { MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false' } };
  return [
    ours,
    'MLflow: `--workers 1`, else as it comes; journal mode delete, as it makes databases',
    await costOf('MLflow with its default number of workers', await planMlflow(folders.mlflow, python)),
    await costOf('MLflow with one worker and without its job runner', lean),
  ];
}

function costOf(title: string, plan: ServerPlan): Promise<string> {
  return step(title, async () => {
    const server = await startServer(plan);
    const memory = await settledMemory(server);
    await server.stop();
    const idle = memory === undefined ? '' : `, ${Math.round(memory)} MiB when idle`;
    return `${title}: cold start ${Math.round(server.startMs)} ms${idle}`;
  });
}

async function step<T>(name: string, action: () => Promise<T>): Promise<T> {
  process.stderr.write(`${name} … `);
  const started = performance.now();
  const result = await action();
  process.stderr.write(`${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  return result;
}

main().catch((error: unknown) => {
  const causes: string[] = [];
  for (let each = error; each instanceof Error; each = each.cause) {
    causes.push(each.message);
  }
  process.stderr.write(`\nThe benchmark failed: ${causes.join('\n  because ')}\n`);
  process.exit(1);
});
