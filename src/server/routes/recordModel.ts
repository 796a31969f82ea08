import { invalidParameter } from '../../core/base/errors.js';
import { SYSTEM_TAGS, tagValue } from '../../core/domain/tag.js';
import type { TrackingStore } from '../../core/stores/trackingStore.js';
import { stringifyJson } from '../../core/wire/json.js';
import { isObject } from '../../core/wire/parseMessage.js';
import { jsonValue } from './jsonBody.js';

const MANDATORY = ['artifact_path', 'flavors', 'utc_time_created', 'run_id'];

/** What MLflow keeps of a model's description in the run's tag. */
const KEPT = [...MANDATORY, 'model_uuid', 'databricks_runtime', 'metadata', 'model_size_bytes', 'prompts'];

/**
 * Notes a model among a run's artifacts, as clients before MLflow 3 do it: in a tag that holds the list of all.
 * The models' settings (`config` of a flavor) may hold secrets and are left out, as MLflow does.
 */
export async function recordModel(store: TrackingStore, runId: string, modelJson: string): Promise<void> {
  const model = described(modelJson);
  const run = await store.getRun(runId);
  const history = earlierModels(tagValue(run.tags, SYSTEM_TAGS.loggedModelHistory));
  await store.setTag(runId, {
    key: SYSTEM_TAGS.loggedModelHistory,
    value: stringifyJson([...history, kept(model)]),
  });
}

function described(modelJson: string): Readonly<Record<string, unknown>> {
  const model = jsonValue(modelJson);
  if (!isObject(model)) {
    throw invalidParameter(`Malformed model info. \n ${modelJson} \n is not a valid JSON.`);
  }
  const missing = MANDATORY.filter((name) => !(name in model));
  if (missing.length > 0) {
    throw invalidParameter(
      `Model json is missing mandatory fields: {${missing.map((name) => `'${name}'`).join(', ')}}`,
    );
  }
  return model;
}

function earlierModels(tag: string | undefined): readonly unknown[] {
  const history = tag === undefined ? [] : jsonValue(tag);
  return Array.isArray(history) ? (history as unknown[]) : [];
}

function kept(model: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const flavors = isObject(model.flavors) ? model.flavors : {};
  return {
    ...Object.fromEntries(KEPT.filter((name) => name in model).map((name) => [name, model[name]])),
    flavors: Object.fromEntries(
      Object.entries(flavors).map(([name, flavor]) => [name, withoutConfig(flavor)]),
    ),
  };
}

function withoutConfig(flavor: unknown): unknown {
  return isObject(flavor)
    ? Object.fromEntries(Object.entries(flavor).filter(([name]) => name !== 'config'))
    : flavor;
}
