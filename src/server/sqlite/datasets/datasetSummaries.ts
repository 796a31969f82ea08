import { DATASET_CONTEXT_TAG } from '../../../core/search/readers.js';
import type { DatasetSummary } from '../../../core/domain/evaluationDataset.js';
import type { StoreContext } from '../storeContext.js';
import { experimentNumber } from '../validation.js';

/** MLflow's own limit. */
const MOST_SUMMARIES = 1000;

interface SummaryRow {
  readonly experiment_id: number;
  readonly name: string;
  readonly digest: string;
  readonly context: string | null;
}

export function searchDatasets(
  { database }: StoreContext,
  experimentIds: readonly string[],
): DatasetSummary[] {
  const rows = database.all<SummaryRow>(
    `SELECT DISTINCT d.experiment_id, d.name, d.digest, t.value AS context
     FROM datasets d JOIN inputs i ON i.source_id = d.dataset_uuid
       LEFT JOIN input_tags t ON t.input_uuid = i.input_uuid AND t.name = ?
     WHERE d.experiment_id IN (SELECT value FROM json_each(?)) LIMIT ?`,
    DATASET_CONTEXT_TAG,
    JSON.stringify(experimentIds.map(experimentNumber)),
    MOST_SUMMARIES,
  );
  return rows.map((row) => ({
    experimentId: String(row.experiment_id),
    name: row.name,
    digest: row.digest,
    ...(row.context !== null && { context: row.context }),
  }));
}
