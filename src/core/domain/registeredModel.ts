import type { ModelVersion } from './modelVersion.js';
import type { Tag } from './tag.js';

/** A name for one version of a registered model, such as `champion`. */
export interface ModelAlias {
  readonly alias: string;
  readonly version: string;
}

/** A named model with versions. A prompt is one too, with the tag {@link IS_PROMPT_TAG}. */
export interface RegisteredModel {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly creationTime: number;
  readonly lastUpdatedTime?: number;
  readonly description?: string;
  readonly tags: readonly Tag[];
  readonly aliases: readonly ModelAlias[];
  /** The newest version at each stage. */
  readonly latestVersions: readonly ModelVersion[];
  /** Of Databricks' registries. */
  readonly deploymentJobId?: string;
}

/** On registered models and versions that hold a prompt and no model. */
export const IS_PROMPT_TAG = 'mlflow.prompt.is_prompt';

/** Whether tags are those of a prompt, as MLflow reads them: of a key that is there twice, the last counts. */
export function isPrompt(tags: readonly Tag[]): boolean {
  return tags.findLast(({ key }) => key === IS_PROMPT_TAG)?.value.toLowerCase() === 'true';
}
