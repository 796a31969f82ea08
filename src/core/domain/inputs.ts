import type { Int64 } from './int64.js';
import type { Tag } from './tag.js';

/** A data set as MLflow records it: where it comes from and what it looks like, never its rows. */
export interface Dataset {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  readonly source: string;
  readonly schema?: string;
  readonly profile?: string;
}

/** A data set that a run used. The tag `mlflow.data.context` says what for. */
export interface DatasetInput {
  readonly dataset: Dataset;
  readonly tags: readonly Tag[];
}

/** A logged model that a run read. */
export interface ModelInput {
  readonly modelId: string;
}

/** A logged model that a run made, at which step. */
export interface ModelOutput {
  readonly modelId: string;
  readonly step: Int64;
}
