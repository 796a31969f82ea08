import { randomUUID } from 'node:crypto';
import { doesNotExist } from '../../../core/base/errors.js';
import type { EvaluationDataset } from '../../../core/domain/evaluationDataset.js';
import { SYSTEM_TAGS, type Tag, tagValue } from '../../../core/domain/tag.js';
import { compileDatasets } from '../../../core/search/compileDatasets.js';
import type { CreateDataset, SearchEvaluationDatasets } from '../../../core/stores/datasetStore.js';
import type { Page } from '../../../core/stores/trackingStore.js';
import { removeAssociations } from '../associations.js';
import { readPage } from '../searchPage.js';
import type { StoreContext } from '../storeContext.js';
import { checkMaxResults } from '../validation.js';
import { linkToExperiments } from './datasetExperiments.js';
import {
  datasetRow,
  type DatasetRow,
  digestOf,
  findDatasetRow,
  loadDatasets,
  requireDatasets,
} from './datasetRows.js';

export function createDataset(context: StoreContext, request: CreateDataset): EvaluationDataset {
  requireDatasets(context);
  const datasetId = `d-${randomUUID().replaceAll('-', '')}`;
  const now = Date.now();
  const user = tagValue(request.tags, SYSTEM_TAGS.user) ?? null;
  context.database.run(
    `INSERT INTO evaluation_datasets (dataset_id, name, schema, profile, digest, created_time, last_update_time,
       created_by, last_updated_by) VALUES (?, ?, NULL, NULL, ?, ?, ?, ?, ?)`,
    datasetId,
    request.name,
    digestOf(request.name, now),
    now,
    now,
    user,
    user,
  );
  writeTags(context, datasetId, request.tags);
  linkToExperiments(context, datasetId, request.experimentIds);
  return { ...getDataset(context, datasetId), experimentIds: request.experimentIds };
}

export function getDataset(context: StoreContext, datasetId: string): EvaluationDataset {
  requireDatasets(context);
  const [dataset] = loadDatasets(context, [datasetRow(context, datasetId)]);
  if (dataset === undefined) {
    throw doesNotExist(`Evaluation dataset with id '${datasetId}' not found`);
  }
  return dataset;
}

export function deleteDataset(context: StoreContext, datasetId: string): void {
  requireDatasets(context);
  if (findDatasetRow(context, datasetId) !== undefined) {
    removeAssociations(context, { type: 'evaluation_dataset', id: datasetId });
    context.database.run('DELETE FROM evaluation_datasets WHERE dataset_id = ?', datasetId);
  }
}

export function searchEvaluationDatasets(
  context: StoreContext,
  query: SearchEvaluationDatasets,
): Page<EvaluationDataset> {
  requireDatasets(context);
  checkMaxResults(query.maxResults);
  const { experimentIds, filter, orderBy } = query;
  const scope = ['evaluation datasets', experimentIds, filter ?? '', orderBy];
  const search = compileDatasets(query);
  const { rows, nextPageToken } = readPage<DatasetRow>(context.database, search, 'd.*', scope, query);
  return { items: loadDatasets(context, rows), ...(nextPageToken !== undefined && { nextPageToken }) };
}

export function setDatasetTags(context: StoreContext, datasetId: string, tags: readonly Tag[]): void {
  requireDatasets(context);
  datasetRow(context, datasetId, `Could not find evaluation dataset with ID ${datasetId}`);
  writeTags(context, datasetId, tags);
}

function writeTags({ database }: StoreContext, datasetId: string, tags: readonly Tag[]): void {
  for (const { key, value } of tags) {
    database.run(
      `INSERT INTO evaluation_dataset_tags (dataset_id, key, value) VALUES (?, ?, ?)
       ON CONFLICT (dataset_id, key) DO UPDATE SET value = excluded.value`,
      datasetId,
      key,
      value,
    );
  }
}

export function deleteDatasetTag(context: StoreContext, datasetId: string, key: string): void {
  requireDatasets(context);
  const sql = 'DELETE FROM evaluation_dataset_tags WHERE dataset_id = ? AND key = ?';
  context.database.run(sql, datasetId, key);
}
