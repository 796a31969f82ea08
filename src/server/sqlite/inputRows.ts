import type { DatasetInput, ModelInput, ModelOutput } from '../../core/domain/inputs.js';
import type { Int64 } from '../../core/domain/int64.js';
import type { Tag } from '../../core/domain/tag.js';
import { groupBy } from './grouping.js';
import type { StoreContext } from './storeContext.js';

/*
 * `inputs` holds edges. A dataset goes into a run (DATASET -> RUN), and from a run edges lead to the models
 * that it read (RUN_INPUT -> MODEL_INPUT) and to those that it made (RUN_OUTPUT -> MODEL_OUTPUT).
 */

interface DatasetInputRow {
  readonly run_id: string;
  readonly dataset_uuid: string;
  readonly name: string;
  readonly digest: string;
  readonly source_type: string;
  readonly source: string;
  readonly schema: string | null;
  readonly profile: string | null;
  readonly tag_key: string | null;
  readonly tag_value: string | null;
}

interface ModelEdgeRow {
  readonly run_id: string;
  readonly model_id: string;
  readonly step: Int64;
}

/** The datasets of runs, by run id. @param ids a JSON array of run ids */
export function loadDatasetInputs({ database }: StoreContext, ids: string): Map<string, DatasetInput[]> {
  const rows = database.all<DatasetInputRow>(
    `SELECT i.destination_id AS run_id, d.dataset_uuid, d.name, d.digest, d.dataset_source_type AS source_type,
       d.dataset_source AS source, d.dataset_schema AS schema, d.dataset_profile AS profile,
       t.name AS tag_key, t.value AS tag_value
     FROM inputs i JOIN datasets d ON d.dataset_uuid = i.source_id
       LEFT JOIN input_tags t ON t.input_uuid = i.input_uuid
     WHERE i.destination_type = 'RUN' AND i.destination_id IN (SELECT value FROM json_each(?))
     ORDER BY i.destination_id, i.rowid, t.rowid`,
    ids,
  );
  const byRun = groupBy(rows, (row) => row.run_id);
  return new Map(
    [...byRun].map(([runId, ofRun]) => [
      runId,
      [...groupBy(ofRun, (row) => row.dataset_uuid).values()].flatMap(toDatasetInput),
    ]),
  );
}

/** One dataset of one run: a row for each tag, or one row without a tag. */
function toDatasetInput(rows: readonly DatasetInputRow[]): DatasetInput[] {
  const [first] = rows;
  if (first === undefined) {
    return [];
  }
  const tags: Tag[] = rows.flatMap(({ tag_key: key, tag_value: value }) =>
    key === null || value === null ? [] : [{ key, value }],
  );
  const dataset = {
    name: first.name,
    digest: first.digest,
    sourceType: first.source_type,
    source: first.source,
    ...(first.schema !== null && { schema: first.schema }),
    ...(first.profile !== null && { profile: first.profile }),
  };
  return [{ dataset, tags }];
}

/** The models that runs read, by run id. @param ids a JSON array of run ids */
export function loadModelInputs(context: StoreContext, ids: string): Map<string, ModelInput[]> {
  return loadModelEdges(context, ids, 'RUN_INPUT', 'MODEL_INPUT', ({ model_id }) => ({ modelId: model_id }));
}

/** The models that runs made, by run id. @param ids a JSON array of run ids */
export function loadModelOutputs(context: StoreContext, ids: string): Map<string, ModelOutput[]> {
  return loadModelEdges(context, ids, 'RUN_OUTPUT', 'MODEL_OUTPUT', ({ model_id, step }) => ({
    modelId: model_id,
    step,
  }));
}

function loadModelEdges<Edge>(
  { database, tables }: StoreContext,
  ids: string,
  from: string,
  to: string,
  convert: (row: ModelEdgeRow) => Edge,
): Map<string, Edge[]> {
  // Before MLflow 3.0 there were neither logged models nor steps of inputs.
  if (!tables.has('inputs', 'step')) {
    return new Map();
  }
  const rows = database.all<ModelEdgeRow>(
    `SELECT source_id AS run_id, destination_id AS model_id, step FROM inputs
     WHERE source_type = ? AND source_id IN (SELECT value FROM json_each(?)) AND destination_type = ?
     ORDER BY rowid`,
    from,
    ids,
    to,
  );
  return new Map(
    [...groupBy(rows, (row) => row.run_id)].map(([runId, edges]) => [runId, edges.map(convert)]),
  );
}
