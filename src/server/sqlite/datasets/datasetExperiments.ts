import { randomUUID } from 'node:crypto';
import { doesNotExist } from '../../../core/base/errors.js';
import type { EvaluationDataset } from '../../../core/domain/evaluationDataset.js';
import { addAssociation, destinationsOf, removeAssociation } from '../associations.js';
import { experimentRow } from '../experiments.js';
import type { StoreContext } from '../storeContext.js';
import { datasetRow, loadDatasets, requireDatasets } from './datasetRows.js';

export function getDatasetExperimentIds(context: StoreContext, datasetId: string): string[] {
  requireDatasets(context);
  return destinationsOf(context, { type: 'evaluation_dataset', id: datasetId }, 'experiment');
}

export function addDatasetToExperiments(
  context: StoreContext,
  datasetId: string,
  experimentIds: readonly string[],
): EvaluationDataset {
  requireDatasets(context);
  datasetRow(context, datasetId, `Dataset '${datasetId}' not found`);
  experimentIds.forEach((id) => experimentRow(context, id));
  linkToExperiments(context, datasetId, experimentIds);
  return touched(context, datasetId);
}

/** Notes that a dataset belongs to experiments. */
export function linkToExperiments(
  context: StoreContext,
  datasetId: string,
  experimentIds: readonly string[],
): void {
  for (const id of experimentIds) {
    const associationId = `a-${randomUUID().replaceAll('-', '')}`;
    addAssociation(
      context,
      associationId,
      { type: 'evaluation_dataset', id: datasetId },
      { type: 'experiment', id },
    );
  }
}

export function removeDatasetFromExperiments(
  context: StoreContext,
  datasetId: string,
  experimentIds: readonly string[],
): EvaluationDataset {
  requireDatasets(context);
  datasetRow(context, datasetId, `Dataset '${datasetId}' not found`);
  const dataset = { type: 'evaluation_dataset', id: datasetId };
  const removed = experimentIds.map((id) => removeAssociation(context, dataset, { type: 'experiment', id }));
  return removed.includes(true) ? touched(context, datasetId) : loaded(context, datasetId);
}

function touched(context: StoreContext, datasetId: string): EvaluationDataset {
  const sql = 'UPDATE evaluation_datasets SET last_update_time = ? WHERE dataset_id = ?';
  context.database.run(sql, Date.now(), datasetId);
  return loaded(context, datasetId);
}

function loaded(context: StoreContext, datasetId: string): EvaluationDataset {
  const [dataset] = loadDatasets(context, [datasetRow(context, datasetId)]);
  if (dataset === undefined) {
    throw doesNotExist(`Dataset '${datasetId}' not found`);
  }
  return dataset;
}
