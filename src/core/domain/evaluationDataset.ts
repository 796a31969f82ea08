import type { Int64 } from './int64.js';
import type { Tag } from './tag.js';

/** A set of examples to evaluate by. Times are milliseconds since the epoch. */
export interface EvaluationDataset {
  readonly datasetId: string;
  readonly name: string;
  readonly tags: readonly Tag[];
  /** JSON text: which fields the records have, and of what type. Absent before there are records. */
  readonly schema?: string;
  /** JSON text: how many records there are. Absent before there are any. */
  readonly profile?: string;
  readonly digest: string;
  readonly createdTime: Int64;
  readonly lastUpdateTime: Int64;
  readonly createdBy?: string;
  readonly lastUpdatedBy?: string;
  /** Only where the dataset has just been made. */
  readonly experimentIds?: readonly string[];
}

/** One example. What it holds is JSON text as Python writes it; `null` is not told apart from nothing. */
export interface DatasetRecord {
  readonly datasetRecordId: string;
  readonly datasetId: string;
  readonly inputs: string;
  readonly outputs?: string;
  readonly expectations?: string;
  readonly tags?: string;
  readonly source?: string;
  readonly sourceId?: string;
  readonly sourceType?: string;
  readonly createdTime: Int64;
  readonly lastUpdateTime: Int64;
  readonly createdBy?: string;
  readonly lastUpdatedBy?: string;
}

/** A dataset that runs of an experiment have logged as an input, and what for. */
export interface DatasetSummary {
  readonly experimentId: string;
  readonly name: string;
  readonly digest: string;
  readonly context?: string;
}
