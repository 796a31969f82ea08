import { double, int64, listOf, messageOf, string } from '../messageTypes.js';

/* Messages that several requests hold. */

/** A tag or a parameter. */
export const KEY_VALUE = { key: string, value: string };

export const METRIC = {
  key: string,
  value: double,
  timestamp: int64,
  step: int64,
  dataset_name: string,
  dataset_digest: string,
  model_id: string,
  run_id: string,
};

const DATASET = {
  name: string,
  digest: string,
  source_type: string,
  source: string,
  schema: string,
  profile: string,
};

export const DATASET_INPUT = { tags: listOf(messageOf(KEY_VALUE)), dataset: messageOf(DATASET) };

export const MODEL_INPUT = { model_id: string };

export const MODEL_OUTPUT = { model_id: string, step: int64 };
