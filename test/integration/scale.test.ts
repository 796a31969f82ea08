import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExperimentNode } from '../../src/host/views/explorer/experimentNode.js';
import { EventLoopProbe } from './support/eventLoopProbe.js';
import { loopWords, ms, note } from './support/figures.js';
import { extensionParts } from './support/parts.js';
import { createRun, logMetric } from './support/rest.js';
import { fillWorkspaceStore, startLoad } from './support/programs.js';
import { startTracking, stopTracking } from './support/tracking.js';
import {
  collapseFirstExperiment,
  expandFirstExperiment,
  type Node,
  type Tree,
  TreeWatch,
} from './support/treeWatch.js';
import { waitFor } from './support/waitFor.js';

const RUNS = 5_000;
const EXPERIMENTS = 200;
/** 1,000 requests a second, for as long as they take. */
const LOAD = { runs: 50, metrics: 20, seconds: 8 };

describe('the explorer under load', function () {
  this.timeout(150_000);
  let tree: Tree;
  let uri: string;
  let huge: string;
  let watch: TreeWatch;

  before(async () => {
    tree = (await extensionParts()).explorer;
    watch = new TreeWatch(tree);
    ({ huge } = await fillWorkspaceStore(RUNS, EXPERIMENTS));
    uri = await startTracking();
    await expandFirstExperiment(watch);
  });
  after(async () => {
    watch.stop();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await stopTracking();
  });

  const label = (node: Node): string => tree.getTreeItem(node).label as string;

  async function experimentNode(): Promise<ExperimentNode> {
    const [store] = tree.storeNodes;
    const nodes = await tree.getChildren(store);
    return nodes.find((node) => label(node) === 'huge') as ExperimentNode;
  }

  /** The values that the tree shows below a run's metrics. */
  async function shownMetrics(run: Node): Promise<readonly string[]> {
    const metrics = (await tree.getChildren(run)).find((node) => label(node) === 'Metrics');
    const values = metrics === undefined ? [] : await tree.getChildren(metrics);
    return values.map((value) => `${label(value)}: ${String(tree.getTreeItem(value).description)}`).sort();
  }

  it('asks for pages, however many experiments and runs there are', async () => {
    const [store] = tree.storeNodes;
    const experiments = await tree.getChildren(store);
    const experiment = await experimentNode();
    const runs = await tree.getChildren(experiment);
    assert.equal(experiments.length, 51); // A page, and "Load more…".
    assert.equal(runs.length, 51);
    await experiment.loadMore();
    assert.equal((await tree.getChildren(experiment)).length, 101);
  });

  it('merges the updates of 50 runs with 20 metrics each, and shows the last values', async () => {
    const experiment = await experimentNode();
    const { runIds, ended } = await startLoad(uri, huge, LOAD);
    const nodes = await waitFor('the new runs', async () => {
      const found = (await tree.getChildren(experiment)).filter((node) => 'runId' in node);
      return runIds.every((runId) => found.some((node) => node.id.endsWith(runId))) && found;
    });
    const probe = new EventLoopProbe();
    watch.take();
    const { lastStep, logged, seconds } = await ended;
    const counts = watch.take();
    note(`${LOAD.runs} runs logged ${Math.round(logged / seconds)} metrics/s`, loopWords(probe.take()));
    note('meanwhile', TreeWatch.words(counts));
    probe.stop();

    // A refresh each 300 ms at the most, with one request for the runs that changed.
    const most = Math.ceil((seconds * 1000) / 300) + 2;
    assert.ok(counts.refreshes <= most, `${counts.refreshes} refreshes in ${seconds} s`);
    assert.ok(counts.requests.length <= most, `${counts.requests.length} requests in ${seconds} s`);
    assert.ok(counts.refreshedNodes <= counts.refreshes * LOAD.runs);
    assert.ok(counts.refreshes > 0);

    const run = nodes.find((node) => node.id.endsWith(runIds[0] ?? '-'));
    assert.ok(run);
    await waitFor('the last value beside the run', () =>
      String(tree.getTreeItem(run).description).startsWith(`${lastStep} metric_0`),
    );
    const expected = Array.from({ length: LOAD.metrics }, (_, key) => {
      return `metric_${key}: ${lastStep + key / 100} (step ${lastStep})`;
    });
    assert.deepEqual(await shownMetrics(run), expected.sort());
  });

  it('keeps the page of a run that logs up to date without asking for more than it can show', async () => {
    const experiment = await experimentNode();
    const { runId } = await createRun(uri, 'with a page', [], huge);
    const node = await waitFor('the run', async () =>
      (await tree.getChildren(experiment)).find(({ id }) => id.endsWith(runId)),
    );
    const asked: string[] = [];
    const look = (): number => {
      asked.push(...watch.take().requests.filter((path) => path.endsWith('/runs/metric-summaries')));
      return asked.length;
    };
    await vscode.commands.executeCommand('mlflowWorkbench.openRun', node);
    await waitFor('the page to ask for its run', () => look() > 0, 60_000);
    const started = performance.now();
    let step = 0;
    for (; performance.now() - started < 4_000; step += 1) await logMetric(uri, runId, step, step);
    await waitFor('the page to ask again', () => look() > 2);
    const seconds = (performance.now() - started) / 1000;
    note(
      'the page of a run asked for its metrics',
      `${asked.length} times for ${step} values in ${ms(seconds * 1000)}`,
    );
    // One each half second, and those of the page's start.
    assert.ok(asked.length <= Math.ceil(seconds / 0.5) + 3, `${asked.length} times`);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('reads nothing of runs that nobody sees, and all of them when somebody does', async () => {
    const seen = new Set<string>();
    watch.onItem = ({ id, description }) => {
      if (String(description).startsWith('1 metric_0')) seen.add(String(id).split('/').at(-1) ?? '');
    };
    // What came before is told of the experiment while it is still open.
    await waitFor('a moment in which nothing comes', async () => {
      watch.take();
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const { requests, refreshes } = watch.take();
      return requests.length + refreshes === 0;
    });
    await collapseFirstExperiment(tree);
    watch.take();
    const { runIds, ended } = await startLoad(uri, huge, { runs: 5, metrics: 5, seconds: 2 });
    await ended;
    let requests: readonly string[] = [];
    await waitFor('the line that is drawn once more', () => {
      const counts = watch.take();
      requests = [...requests, ...counts.requests];
      return counts.refreshes > 0;
    });
    assert.deepEqual(requests, []);
    assert.equal(seen.size, 0);
    await expandFirstExperiment(watch);
    await waitFor('the new runs in the view', () => runIds.every((runId) => seen.has(runId)));
  });

  it('says once that nothing changed where the experiments are the same', async () => {
    const [store] = tree.storeNodes;
    const change = { experimentIds: ['0'], runs: [], registeredModels: [], everything: false };
    assert.deepEqual(await store?.apply(change), []);
  });
});
