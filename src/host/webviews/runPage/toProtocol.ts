import type { DatasetInput } from '../../../core/domain/inputs.js';
import type { MetricPoint, MetricSummary } from '../../../core/domain/metricSummary.js';
import type { Staleness } from '../../../core/domain/runLiveness.js';
import type { Run } from '../../../core/domain/run.js';
import { SYSTEM_TAGS, tagValue } from '../../../core/domain/tag.js';
import type { MetricNumber, RunPageMetric, RunPageRun, SparkPoint } from '../../../protocol/runPage.js';

/** What the page shows of a run beside the run itself. */
export interface RunSurroundings {
  readonly experimentName: string;
  readonly storeLabel: string;
  readonly parent?: { readonly runId: string; readonly runName: string };
  /** Names of logged models by id, as far as they are known. */
  readonly modelNames: ReadonlyMap<string, string>;
}

/** The tag of an input that says what a data set was used for. */
const DATASET_CONTEXT = 'mlflow.data.context';

/** A run as the page shows it. */
export function toRunPageRun(run: Run, around: RunSurroundings, staleness?: Staleness): RunPageRun {
  const { info, params, tags } = run;
  const note = tagValue(tags, SYSTEM_TAGS.note);
  const source = sourceOf(run);
  const isSystem = ({ key }: { readonly key: string }): boolean => key.startsWith('mlflow.');
  return {
    runId: info.runId,
    runName: info.runName,
    experimentId: info.experimentId,
    experimentName: around.experimentName,
    storeLabel: around.storeLabel,
    status: info.status,
    lifecycleStage: info.lifecycleStage,
    ...(staleness !== undefined && info.status === 'RUNNING'
      ? { stale: { kind: staleness.kind, since: staleness.since } }
      : {}),
    user: info.userId,
    ...(info.startTime === undefined ? {} : { startTime: info.startTime }),
    ...(info.endTime === undefined ? {} : { endTime: info.endTime }),
    artifactUri: info.artifactUri,
    ...(source === undefined ? {} : { source }),
    ...(around.parent === undefined ? {} : { parent: around.parent }),
    ...(note === undefined ? {} : { note }),
    params: byKey(params),
    tags: byKey(tags.filter((tag) => !isSystem(tag))),
    systemTags: byKey(tags.filter(isSystem)),
    datasets: run.datasetInputs.map(toDataset),
    models: modelIdsOf(run).map((modelId) => ({ modelId, name: around.modelNames.get(modelId) ?? modelId })),
  };
}

/** The logged models that a run made and read, each once. */
export function modelIdsOf(run: Run): string[] {
  return [...new Set([...run.modelOutputs, ...run.modelInputs].map(({ modelId }) => modelId))];
}

/** A metric as the page shows it. */
export function toRunPageMetric(summary: MetricSummary): RunPageMetric {
  return {
    key: summary.key,
    last: toMetricNumber(summary.last.value),
    ...(summary.min === undefined ? {} : { min: toMetricNumber(summary.min) }),
    ...(summary.max === undefined ? {} : { max: toMetricNumber(summary.max) }),
    lastStep: String(summary.last.step),
    count: summary.count,
    points: summary.points.map(toSparkPoint),
    sampled: summary.sampled,
  };
}

function toSparkPoint({ step, value }: MetricPoint): SparkPoint {
  return { x: Number(step), y: toMetricNumber(value) };
}

function toMetricNumber(value: number): MetricNumber {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return 'Infinity';
  return value === -Infinity ? '-Infinity' : value;
}

function sourceOf({ tags }: Run): RunPageRun['source'] {
  const name = tagValue(tags, SYSTEM_TAGS.sourceName);
  if (name === undefined) {
    return undefined;
  }
  const commit = tagValue(tags, SYSTEM_TAGS.gitCommit);
  const branch = tagValue(tags, SYSTEM_TAGS.gitBranch);
  return { name, ...(commit === undefined ? {} : { commit }), ...(branch === undefined ? {} : { branch }) };
}

function toDataset({ dataset, tags }: DatasetInput): RunPageRun['datasets'][number] {
  const context = tagValue(tags, DATASET_CONTEXT);
  return {
    name: dataset.name,
    digest: dataset.digest,
    ...(context === undefined ? {} : { context }),
  };
}

function byKey<T extends { readonly key: string; readonly value: string }>(
  items: readonly T[],
): { key: string; value: string }[] {
  return items.map(({ key, value }) => ({ key, value })).sort((a, b) => (a.key < b.key ? -1 : 1));
}
