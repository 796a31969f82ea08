import { LIMITS } from '../../../core/base/limits.js';
import type { ModelVersion } from '../../../core/domain/modelVersion.js';
import type { RegisteredModel } from '../../../core/domain/registeredModel.js';
import { compileModelVersions, compileRegisteredModels } from '../../../core/search/compileRegistry.js';
import type { SearchRegistry } from '../../../core/stores/modelRegistry.js';
import type { Page } from '../../../core/stores/trackingStore.js';
import { readPage, toPage } from '../searchPage.js';
import type { StoreContext } from '../storeContext.js';
import { loadModelVersions, type ModelVersionRow } from './modelVersionRows.js';
import { loadRegisteredModels, type RegisteredModelRow } from './registeredModelRows.js';
import { hasWorkspaces } from './registryTables.js';
import { checkRegistryMaxResults } from './registryValidation.js';

export function searchRegisteredModels(context: StoreContext, query: SearchRegistry): Page<RegisteredModel> {
  checkRegistryMaxResults(query.maxResults, LIMITS.searchRegisteredModelsMax);
  const search = compileRegisteredModels({ ...query, hasWorkspaces: hasWorkspaces(context) });
  const scope = ['registered models', query.filter ?? '', query.orderBy];
  const page = readPage<RegisteredModelRow>(context.database, search, 'm.*', scope, query);
  return toPage(page, loadRegisteredModels(context, page.rows));
}

export function searchModelVersions(context: StoreContext, query: SearchRegistry): Page<ModelVersion> {
  checkRegistryMaxResults(query.maxResults, LIMITS.searchModelVersionsMax);
  const search = compileModelVersions({ ...query, hasWorkspaces: hasWorkspaces(context) });
  const scope = ['model versions', query.filter ?? '', query.orderBy];
  const page = readPage<ModelVersionRow>(context.database, search, 'v.*', scope, query);
  return toPage(page, loadModelVersions(context, page.rows));
}
