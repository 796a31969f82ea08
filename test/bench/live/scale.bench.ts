// How long the explorer takes to answer VS Code over a large database, and how long it holds the extension host's
// event loop: idle, and while 50 runs log 20 metrics a second each.
import { EventLoopProbe } from '../../integration/support/eventLoopProbe.js';
import { loopWords, ms, note } from '../../integration/support/figures.js';
import { extensionParts } from '../../integration/support/parts.js';
import { fillWorkspaceStore, startLoad } from '../../integration/support/programs.js';
import { startTracking, stopTracking } from '../../integration/support/tracking.js';
import {
  expandFirstExperiment,
  type Node,
  type Tree,
  TreeWatch,
} from '../../integration/support/treeWatch.js';
import { waitFor } from '../../integration/support/waitFor.js';
import type { ExperimentNode } from '../../../src/host/views/explorer/experimentNode.js';
import type { StoreNode } from '../../../src/host/views/explorer/storeNode.js';
import { quantile } from '../measure.js';

const RUNS = 100_000;
const EXPERIMENTS = 1_000;
const PAGES = 20;
const LOAD = { runs: 50, metrics: 20, seconds: 15 };
const AIMS = 'aims: 100 ms for an answer, 50 ms for the event loop';

describe('the explorer over a large store', function () {
  this.timeout(900_000);
  let tree: Tree;
  let uri: string;
  let huge: string;
  let store: StoreNode;
  let watch: TreeWatch;
  const probe = new EventLoopProbe();

  before(async () => {
    tree = (await extensionParts()).explorer;
    watch = new TreeWatch(tree);
    ({ huge } = await fillWorkspaceStore(RUNS, EXPERIMENTS));
    uri = await startTracking();
    await expandFirstExperiment(watch);
    store = await waitFor('the store', () => tree.storeNodes[0]);
    note('Store', `${RUNS} runs in one experiment, ${EXPERIMENTS} experiments; ${AIMS}`);
  });
  after(async () => {
    watch.stop();
    probe.stop();
    await stopTracking();
  });

  it('answers', async () => {
    await settled();
    tree.refresh(store);
    await measure('the first page of experiments', () => tree.getChildren(store));
    for (const name of ['huge', 'wide']) await answersBelow(name);
    await pagesOf('a further page of experiments', store);
    await measure(`all ${EXPERIMENTS} experiments again`, () => store.apply(EVERYTHING));
    const nodes = await tree.getChildren(store);
    await measure(`the lines of ${nodes.length} experiments`, () => linesOf(nodes));
    await measure('drawing everything again in the view', async () => {
      tree.redraw();
      await settled();
    });
  });

  it('follows 50 runs', async () => {
    tree.refresh(store);
    await expandFirstExperiment(watch);
    await settled();
    const { runIds, ended } = await startLoad(uri, huge, LOAD);
    probe.take();
    watch.take();
    const { logged, seconds } = await ended;
    const counts = watch.take();
    const rate = Math.round(logged / seconds);
    note(
      `${runIds.length} runs logged ${rate} metrics/s for ${seconds.toFixed(0)} s`,
      loopWords(probe.take()),
    );
    note('meanwhile', TreeWatch.words(counts));
  });

  async function answersBelow(name: string): Promise<void> {
    const experiment = (await tree.getChildren(store)).find((each) => label(each) === name) as ExperimentNode;
    await measure(`the first page of runs of "${name}"`, () => tree.getChildren(experiment));
    const [run] = await tree.getChildren(experiment);
    await measure(`what is below a run of "${name}"`, () => tree.getChildren(run));
    await pagesOf(`a further page of runs of "${name}"`, experiment);
    const nodes = await tree.getChildren(experiment);
    await measure(`the lines of ${nodes.length} runs of "${name}"`, () => linesOf(nodes));
    await measure(`${nodes.length} loaded runs of "${name}" again`, () => experiment.reload());
    const ids = nodes.slice(0, 50).flatMap((node) => ('runId' in node ? [String(node.runId)] : []));
    await measure(`50 changed runs of "${name}"`, () => experiment.update(ids));
  }

  async function pagesOf(what: string, node: StoreNode | ExperimentNode): Promise<void> {
    const times: number[] = [];
    probe.take();
    for (let page = 2; page <= PAGES; page += 1) {
      const started = performance.now();
      await node.loadMore();
      await tree.getChildren(node);
      times.push(performance.now() - started);
    }
    const [median, most] = [0.5, 1].map((share) => quantile(share)(times) ?? NaN);
    note(what, `${ms(median ?? NaN)} median, ${ms(most ?? NaN)} at most; ${loopWords(probe.take())}`);
  }

  async function measure(what: string, action: () => Promise<unknown>): Promise<void> {
    probe.take();
    const started = performance.now();
    await action();
    const took = performance.now() - started;
    // The probe's tick comes after what held it.
    await new Promise((resolve) => setTimeout(resolve, 20));
    note(what, `${ms(took)}; ${loopWords(probe.take())}`);
  }

  const label = (node: Node): string => tree.getTreeItem(node).label as string;

  const linesOf = (nodes: readonly Node[]): Promise<void> =>
    Promise.resolve(nodes.forEach((node) => tree.getTreeItem(node)));
});

const EVERYTHING = { experimentIds: [], runs: [], registeredModels: [], everything: true };

/** Until VS Code has asked for what it shows. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1_500));
}
