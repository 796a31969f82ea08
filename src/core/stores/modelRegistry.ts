import type { ModelVersion } from '../domain/modelVersion.js';
import type { RegisteredModel } from '../domain/registeredModel.js';
import type { Tag } from '../domain/tag.js';
import type { Page } from './trackingStore.js';

export interface CreateRegisteredModel {
  readonly name: string;
  readonly description?: string;
  readonly tags: readonly Tag[];
}

/** For registered models and for versions. */
export interface SearchRegistry {
  /** In MLflow's filter grammar; absent or empty for all. Prompts are found only where it asks for them. */
  readonly filter?: string;
  readonly maxResults: number;
  readonly orderBy: readonly string[];
  readonly pageToken?: string;
}

export interface CreateModelVersion {
  /** Of the registered model, which has to be there. */
  readonly name: string;
  readonly source: string;
  readonly runId?: string;
  readonly runLink?: string;
  readonly description?: string;
  readonly tags: readonly Tag[];
  /** Of the logged model that becomes a version, which then tells of it in a tag. */
  readonly modelId?: string;
}

export interface TransitionModelVersionStage {
  readonly name: string;
  readonly version: string;
  /** One of MLflow's stages, in any case. */
  readonly stage: string;
  /** Whether the versions that are at the stage go to the archive. */
  readonly archiveExistingVersions: boolean;
}

/**
 * MLflow's model registry: what MLflow calls the registry's `AbstractStore`, in the same terms. Every method
 * fails with an {@link MlflowError} whose code and message are MLflow's. A version is named by its number, as
 * text like other ids; a version that was deleted is not found any more, and its number is not given again.
 */
export interface ModelRegistry {
  createRegisteredModel(request: CreateRegisteredModel): Promise<RegisteredModel>;
  getRegisteredModel(name: string): Promise<RegisteredModel>;
  /** @param description none where undefined */
  updateRegisteredModel(name: string, description: string | undefined): Promise<RegisteredModel>;
  renameRegisteredModel(name: string, newName: string): Promise<RegisteredModel>;
  /** Deletes a registered model with its versions, for good. */
  deleteRegisteredModel(name: string): Promise<void>;
  searchRegisteredModels(query: SearchRegistry): Promise<Page<RegisteredModel>>;
  setRegisteredModelTag(name: string, tag: Tag): Promise<void>;
  /** A tag that is not there is deleted already. */
  deleteRegisteredModelTag(name: string, key: string): Promise<void>;
  /** Moves the alias where the model has it already. */
  setRegisteredModelAlias(name: string, alias: string, version: string): Promise<void>;
  /** An alias that is not there is deleted already. */
  deleteRegisteredModelAlias(name: string, alias: string): Promise<void>;
  /** The newest version at each of the stages; at every stage where none is named. */
  getLatestVersions(name: string, stages: readonly string[]): Promise<readonly ModelVersion[]>;

  createModelVersion(request: CreateModelVersion): Promise<ModelVersion>;
  getModelVersion(name: string, version: string): Promise<ModelVersion>;
  /** @param alias one that was set, or `latest` */
  getModelVersionByAlias(name: string, alias: string): Promise<ModelVersion>;
  /** The artifact URI to load the version from. */
  getModelVersionDownloadUri(name: string, version: string): Promise<string>;
  /** @param description none where undefined */
  updateModelVersion(name: string, version: string, description: string | undefined): Promise<ModelVersion>;
  transitionModelVersionStage(request: TransitionModelVersionStage): Promise<ModelVersion>;
  deleteModelVersion(name: string, version: string): Promise<void>;
  searchModelVersions(query: SearchRegistry): Promise<Page<ModelVersion>>;
  setModelVersionTag(name: string, version: string, tag: Tag): Promise<void>;
  /** A tag that is not there is deleted already. */
  deleteModelVersionTag(name: string, version: string, key: string): Promise<void>;
}

/** Whether a method of the registry only reads. Exhaustive, so that a new method cannot forget to say. */
export const MODEL_REGISTRY_METHODS: Readonly<Record<keyof ModelRegistry, 'read' | 'write'>> = {
  createRegisteredModel: 'write',
  getRegisteredModel: 'read',
  updateRegisteredModel: 'write',
  renameRegisteredModel: 'write',
  deleteRegisteredModel: 'write',
  searchRegisteredModels: 'read',
  setRegisteredModelTag: 'write',
  deleteRegisteredModelTag: 'write',
  setRegisteredModelAlias: 'write',
  deleteRegisteredModelAlias: 'write',
  getLatestVersions: 'read',
  createModelVersion: 'write',
  getModelVersion: 'read',
  getModelVersionByAlias: 'read',
  getModelVersionDownloadUri: 'read',
  updateModelVersion: 'write',
  transitionModelVersionStage: 'write',
  deleteModelVersion: 'write',
  searchModelVersions: 'read',
  setModelVersionTag: 'write',
  deleteModelVersionTag: 'write',
};
