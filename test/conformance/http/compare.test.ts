import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InProcessServer, startInProcessServer } from '../../support/inProcessServer.js';
import { ask, comparable, type Side } from './answers.js';
import { ASSESSMENTS } from './cases/assessments.js';
import { ARTIFACTS, SERVER } from './cases/artifacts.js';
import { DATASETS } from './cases/datasets.js';
import { EXPERIMENTS } from './cases/experiments.js';
import { LOGGING } from './cases/logging.js';
import { LOGGED_MODELS } from './cases/models.js';
import { REGISTRY } from './cases/registry.js';
import { REGISTRY_SEARCHES } from './cases/registrySearches.js';
import { MODEL_SOURCES } from './cases/registrySources.js';
import { RUNS } from './cases/runs.js';
import { SPANS } from './cases/spans.js';
import { OLD_TRACES, READ_TRACES, STARTED_TRACES, TRACE_DELETION, TRACE_TAGS } from './cases/traces.js';
import { TRACE_SEARCH } from './cases/traceSearch.js';
import type { Exchange } from './exchange.js';
import { type MlflowServer, startMlflowServer } from './mlflowServer.js';

let mlflow: MlflowServer;
let ours: InProcessServer;
let theirSide: Side;
let ourSide: Side;

beforeAll(async () => {
  const root = ['--default-artifact-root', '<folder>/mlruns', '--no-serve-artifacts'];
  mlflow = await startMlflowServer(root);
  ours = await startInProcessServer();
  theirSide = sideOf(mlflow);
  ourSide = sideOf(ours);
}, 120_000);

afterAll(async () => {
  await ours.stop();
  await mlflow.stop();
});

function sideOf({ uri, folder }: { readonly uri: string; readonly folder: string }): Side {
  return { uri, folder, kept: new Map([['folder', folder]]) };
}

/** Each exchange builds on those before it. */
function compareAll(title: string, exchanges: readonly Exchange[]): void {
  describe(title, () => {
    it.each(exchanges.map((exchange) => [exchange.name, exchange] as const))(
      '%s',
      async (_name, exchange) => {
        const [theirs, own] = [await ask(theirSide, exchange), await ask(ourSide, exchange)];
        const { compare } = exchange;
        if (typeof compare === 'object') {
          expect(own.status, compare.because).toBe(compare.ours);
          expect(theirs.status, 'no longer a deviation').not.toBe(compare.ours);
          return;
        }
        const shown = { status: own.status, json: comparable(own.json, ourSide) };
        const expected = { status: theirs.status, json: comparable(theirs.json, theirSide) };
        if (compare === 'all') {
          expect(shown).toEqual(expected);
        } else {
          expect(own.status).toBe(theirs.status);
        }
      },
    );
  });
}

describe("answers as MLflow's server does", () => {
  compareAll('server', SERVER);
  compareAll('experiments', EXPERIMENTS);
  compareAll('runs', RUNS);
  compareAll('logging', LOGGING);
  compareAll('logged models', LOGGED_MODELS);
  compareAll('traces', STARTED_TRACES);
  compareAll('spans of traces', SPANS);
  compareAll('what is read of traces', READ_TRACES);
  compareAll('search for traces', TRACE_SEARCH);
  compareAll('tags of traces', TRACE_TAGS);
  compareAll('traces as old clients have them', OLD_TRACES);
  compareAll('assessments', ASSESSMENTS);
  compareAll('deletion of traces', TRACE_DELETION);
  compareAll('datasets', DATASETS);
  it('has the same artifacts on both sides', () => {
    for (const side of [theirSide, ourSide]) {
      const root = join(
        side.folder,
        'mlruns',
        side.kept.get('exp') ?? '',
        side.kept.get('run') ?? '',
        'artifacts',
      );
      mkdirSync(join(root, 'sub'), { recursive: true });
      writeFileSync(join(root, 'a.txt'), '"text"');
      writeFileSync(join(root, 'empty.txt'), '');
      writeFileSync(join(root, 'sub', 'b.txt'), '{"json": 1}');
      expect(root).toContain(side.kept.get('run'));
    }
  });
  compareAll('artifacts', ARTIFACTS);
  compareAll('registry', REGISTRY);
  compareAll('sources of model versions', MODEL_SOURCES);
  compareAll('searches in the registry', REGISTRY_SEARCHES);
});
