import type { Experiment, LifecycleStage } from '../../core/domain/experiment.js';
import type { Tag } from '../../core/domain/tag.js';
import { groupBy } from './grouping.js';
import type { StoreContext } from './storeContext.js';

/** A row of `experiments`, with the columns that all revisions have. */
export interface ExperimentRow {
  readonly experiment_id: number;
  readonly name: string;
  readonly artifact_location: string | null;
  readonly lifecycle_stage: LifecycleStage;
  readonly creation_time: number | null;
  readonly last_update_time: number | null;
}

/** The experiments of `rows`, in their order, with their tags. */
export function loadExperiments({ database }: StoreContext, rows: readonly ExperimentRow[]): Experiment[] {
  const tags = groupBy(
    database.all<{ experiment_id: number; key: string; value: string | null }>(
      `SELECT experiment_id, key, value FROM experiment_tags
       WHERE experiment_id IN (SELECT value FROM json_each(?)) ORDER BY experiment_id, key`,
      JSON.stringify(rows.map((row) => row.experiment_id)),
    ),
    (tag) => tag.experiment_id,
  );
  return rows.map((row) => ({
    experimentId: String(row.experiment_id),
    name: row.name,
    artifactLocation: row.artifact_location ?? '',
    lifecycleStage: row.lifecycle_stage,
    ...(row.creation_time !== null && { creationTime: row.creation_time }),
    ...(row.last_update_time !== null && { lastUpdateTime: row.last_update_time }),
    tags: (tags.get(row.experiment_id) ?? []).map((tag): Tag => ({ key: tag.key, value: tag.value ?? '' })),
  }));
}
