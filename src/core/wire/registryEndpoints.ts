import { type Endpoint, get, patch, post, remove } from './endpoints.js';

/** The calls of the model registry. MLflow's DELETE calls have a body. */
export const REGISTRY_ENDPOINTS = {
  createRegisteredModel: post('/registered-models/create'),
  renameRegisteredModel: post('/registered-models/rename'),
  updateRegisteredModel: patch('/registered-models/update'),
  deleteRegisteredModel: remove('/registered-models/delete'),
  getRegisteredModel: get('/registered-models/get'),
  searchRegisteredModels: get('/registered-models/search'),
  getLatestVersions: get('/registered-models/get-latest-versions'),
  getLatestVersionsByPost: post('/registered-models/get-latest-versions'),
  setRegisteredModelTag: post('/registered-models/set-tag'),
  deleteRegisteredModelTag: remove('/registered-models/delete-tag'),
  setRegisteredModelAlias: post('/registered-models/alias'),
  deleteRegisteredModelAlias: remove('/registered-models/alias'),
  getModelVersionByAlias: get('/registered-models/alias'),

  createModelVersion: post('/model-versions/create'),
  updateModelVersion: patch('/model-versions/update'),
  transitionModelVersionStage: post('/model-versions/transition-stage'),
  deleteModelVersion: remove('/model-versions/delete'),
  getModelVersion: get('/model-versions/get'),
  searchModelVersions: get('/model-versions/search'),
  getModelVersionDownloadUri: get('/model-versions/get-download-uri'),
  setModelVersionTag: post('/model-versions/set-tag'),
  deleteModelVersionTag: remove('/model-versions/delete-tag'),
} as const satisfies Record<string, Endpoint>;
