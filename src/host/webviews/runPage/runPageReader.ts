import { basename } from 'node:path';
import type { Staleness } from '../../../core/domain/runLiveness.js';
import type { Run } from '../../../core/domain/run.js';
import { SYSTEM_TAGS, tagValue } from '../../../core/domain/tag.js';
import type { TrackingStore } from '../../../core/stores/trackingStore.js';
import { isRunId } from '../../../core/explorer/runFilters.js';
import type { RunPageMetric, RunPageRun } from '../../../protocol/runPage.js';
import type { WorkspaceStore } from '../../stores/workspaceStore.js';
import { modelIdsOf, toRunPageMetric, toRunPageRun } from './toProtocol.js';

/** The most points of a metric's sparkline, the most of all together, and the fewest that still show a line. */
const SPARK_POINTS = 150;
const ALL_POINTS = 20_000;
const FEWEST_POINTS = 20;
/** Names of models are looked up one by one; beyond this many the ids have to do. */
const MODEL_NAMES_MAX = 20;

/** Reads what a run's page shows. Names of what stands around the run are looked up once. */
export class RunPageReader {
  private readonly names = new Map<string, Promise<string | undefined>>();

  constructor(
    private readonly store: WorkspaceStore,
    readonly runId: string,
    private readonly staleness: () => Staleness | undefined,
  ) {}

  async run(): Promise<{ readonly run: Run; readonly page: RunPageRun }> {
    const tracking = await this.store.tracking();
    const run = await tracking.getRun(this.runId);
    const [experimentName, parent, modelNames] = await Promise.all([
      this.experimentName(tracking, run.info.experimentId),
      this.parentOf(tracking, run),
      this.modelNames(tracking, run),
    ]);
    const storeLabel = `${basename(this.store.folder)}/${this.store.name}`;
    const around = { experimentName, storeLabel, modelNames, ...(parent === undefined ? {} : { parent }) };
    return { run, page: toRunPageRun(run, around, this.staleness()) };
  }

  /** @param count how many metrics the run has: of many each has fewer points, because all come in one answer */
  async metrics(count: number): Promise<readonly RunPageMetric[]> {
    const tracking = await this.store.tracking();
    const share = Math.floor(ALL_POINTS / Math.max(1, count));
    const points = Math.max(FEWEST_POINTS, Math.min(SPARK_POINTS, share));
    const summaries = await tracking.getMetricSummaries(this.runId, points);
    return summaries.map(toRunPageMetric);
  }

  private async experimentName(tracking: TrackingStore, experimentId: string): Promise<string> {
    const name = await this.once(experimentId, async () => (await tracking.getExperiment(experimentId)).name);
    return name ?? experimentId;
  }

  private async parentOf(tracking: TrackingStore, run: Run): Promise<RunPageRun['parent']> {
    const runId = tagValue(run.tags, SYSTEM_TAGS.parentRunId);
    if (runId === undefined || !isRunId(runId)) {
      return undefined;
    }
    const runName = await this.once(runId, async () => (await tracking.getRun(runId)).info.runName);
    return runName === undefined ? undefined : { runId, runName };
  }

  private async modelNames(tracking: TrackingStore, run: Run): Promise<Map<string, string>> {
    const names = new Map<string, string>();
    for (const modelId of modelIdsOf(run).slice(0, MODEL_NAMES_MAX)) {
      const name = await this.once(modelId, async () => (await tracking.getLoggedModel(modelId)).name);
      if (name !== undefined) {
        names.set(modelId, name);
      }
    }
    return names;
  }

  /** A name that cannot be had (deleted, or not in an old store) is not asked for again. */
  private once(key: string, read: () => Promise<string>): Promise<string | undefined> {
    const known = this.names.get(key) ?? read().catch(() => undefined);
    this.names.set(key, known);
    return known;
  }
}
