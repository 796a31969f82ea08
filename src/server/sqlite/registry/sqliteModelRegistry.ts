import type { ModelRegistry } from '../../../core/stores/modelRegistry.js';
import type { StoreContext } from '../storeContext.js';
import type { Sync } from '../syncStore.js';
import { createModelVersion } from './createModelVersion.js';
import * as aliases from './modelAliases.js';
import * as versions from './modelVersions.js';
import * as models from './registeredModels.js';
import * as searches from './registrySearches.js';

/** MLflow's model registry over one connection: what MLflow calls the registry's `SqlAlchemyStore`. */
export function createSqliteModelRegistry(context: StoreContext): Sync<ModelRegistry> {
  return {
    createRegisteredModel: (request) => models.createRegisteredModel(context, request),
    getRegisteredModel: (name) => models.getRegisteredModel(context, name),
    updateRegisteredModel: (name, description) => models.updateRegisteredModel(context, name, description),
    renameRegisteredModel: (name, newName) => models.renameRegisteredModel(context, name, newName),
    deleteRegisteredModel: (name) => models.deleteRegisteredModel(context, name),
    searchRegisteredModels: (query) => searches.searchRegisteredModels(context, query),
    setRegisteredModelTag: (name, tag) => models.setRegisteredModelTag(context, name, tag),
    deleteRegisteredModelTag: (name, key) => models.deleteRegisteredModelTag(context, name, key),
    setRegisteredModelAlias: (name, alias, version) =>
      aliases.setRegisteredModelAlias(context, name, alias, version),
    deleteRegisteredModelAlias: (name, alias) => aliases.deleteRegisteredModelAlias(context, name, alias),
    getLatestVersions: (name, stages) => aliases.getLatestVersions(context, name, stages),

    createModelVersion: (request) => createModelVersion(context, request),
    getModelVersion: (name, version) => versions.getModelVersion(context, name, version),
    getModelVersionByAlias: (name, alias) => aliases.getModelVersionByAlias(context, name, alias),
    getModelVersionDownloadUri: (name, version) =>
      versions.getModelVersionDownloadUri(context, name, version),
    updateModelVersion: (name, version, description) =>
      versions.updateModelVersion(context, name, version, description),
    transitionModelVersionStage: (request) => versions.transitionModelVersionStage(context, request),
    deleteModelVersion: (name, version) => versions.deleteModelVersion(context, name, version),
    searchModelVersions: (query) => searches.searchModelVersions(context, query),
    setModelVersionTag: (name, version, tag) => versions.setModelVersionTag(context, name, version, tag),
    deleteModelVersionTag: (name, version, key) =>
      versions.deleteModelVersionTag(context, name, version, key),
  };
}
