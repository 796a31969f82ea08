import type { Tag } from './tag.js';

/** The states of a model version, by MLflow's names for them, in the order of their numbers. */
export const MODEL_VERSION_STATUSES = ['PENDING_REGISTRATION', 'FAILED_REGISTRATION', 'READY'] as const;

export type ModelVersionStatus = (typeof MODEL_VERSION_STATUSES)[number];

/** The stages that a model version can be at. */
export const MODEL_STAGES = ['None', 'Staging', 'Production', 'Archived'] as const;

/** The stage that deleted versions have in the store, where their numbers stay taken. No client sees it. */
export const DELETED_STAGE = 'Deleted_Internal';

export type ModelStage = (typeof MODEL_STAGES)[number];

/** One version of a registered model. Times are milliseconds since the epoch. */
export interface ModelVersion {
  /** Of the registered model. */
  readonly name: string;
  /** A number, written as MLflow's API writes it. */
  readonly version: string;
  readonly creationTime: number;
  readonly lastUpdatedTime?: number;
  readonly description?: string;
  readonly userId?: string;
  readonly stage: ModelStage;
  /** Where the model was registered from: an artifact URI, `runs:/`, or `models:/` with a logged model's id. */
  readonly source: string;
  readonly runId?: string;
  readonly runLink?: string;
  readonly status: ModelVersionStatus;
  readonly statusMessage?: string;
  readonly tags: readonly Tag[];
  /** Empty where versions come from a search or as a model's latest ones: there the model has them. */
  readonly aliases: readonly string[];
}

/** The stage of this name in any case; undefined where there is none. */
export function modelStage(name: string): ModelStage | undefined {
  return MODEL_STAGES.find((stage) => stage.toLowerCase() === name.toLowerCase());
}
