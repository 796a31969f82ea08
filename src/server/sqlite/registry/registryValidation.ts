import { invalidParameter } from '../../../core/base/errors.js';
import { LIMITS } from '../../../core/base/limits.js';
import { MODEL_STAGES, type ModelStage, modelStage } from '../../../core/domain/modelVersion.js';
import type { Tag } from '../../../core/domain/tag.js';
import { isLongerThan, normalisedPath, pythonRepr } from '../pythonText.js';
import { checkKey, checkLength, invalidValue } from '../validation.js';

/* What MLflow's registry accepts (`mlflow.utils.validation`). */

/** Python's `\w` is a letter or number of any script, or the underscore. */
const ALIAS = /^[\p{L}\p{N}_-]*$/u;
const PROMPT_TEXT_TAG = 'mlflow.prompt.text';

/** @param parameter what the name is called where there is none */
export function checkRegisteredModelName(name: string, parameter = 'name'): void {
  if (name.trim() === '') {
    throw invalidParameter(`Missing value for required parameter '${parameter}'.`);
  }
  if (/[/:]/.test(name)) {
    throw invalidParameter(`Invalid model name '${name}'. Names cannot contain '/' or ':'.`);
  }
  const resolved = normalisedPath(name);
  if (resolved !== name || resolved === '.' || resolved.startsWith('..')) {
    throw invalidValue(
      'name',
      name,
      'Names may be treated as files in certain cases, and must not resolve to other names when treated as ' +
        `such. This name would resolve to ${pythonRepr(resolved)}`,
    );
  }
}

/** The number that a version is stored by. */
export function versionNumber(version: string): number {
  const text = version.trim();
  if (!/^[+-]?\d+(_\d+)*$/.test(text)) {
    throw invalidParameter(`Parameter 'version' must be an integer, got '${version}'.`);
  }
  return Number(text.replaceAll('_', ''));
}

export function checkRegisteredModelTag({ key, value }: Tag): void {
  checkKey(key, 'key');
  checkLength('key', key, LIMITS.registryTagKeyLength);
  checkLength('value', value, LIMITS.registryTagValueLength);
}

export function checkModelVersionTag(tag: Tag): void {
  if (tag.key === PROMPT_TEXT_TAG && isLongerThan(tag.value, LIMITS.registryTagValueLength)) {
    throw invalidParameter(`Prompt text exceeds max length of ${LIMITS.registryTagValueLength} characters.`);
  }
  checkRegisteredModelTag(tag);
}

export function checkAlias(alias: string): void {
  if (alias === '') {
    throw invalidParameter('Registered model alias name cannot be empty.');
  }
  if (!ALIAS.test(alias)) {
    throw invalidParameter(
      `Invalid alias name: '${alias}'. Names may only contain alphanumerics, underscores (_), and dashes (-).`,
    );
  }
  checkLength('Registered model alias name', alias, LIMITS.modelAliasLength);
}

/** Whether an alias stands for the newest version instead of one that was set. */
export function isLatest(alias: string): boolean {
  return alias.toLowerCase() === 'latest';
}

/** Refuses aliases that mean something already. */
export function checkAliasIsFree(alias: string): void {
  if (isLatest(alias)) {
    throw invalidParameter("'latest' alias name (case insensitive) is reserved.");
  }
  if (/^v\d+$/i.test(alias)) {
    throw invalidParameter(`Version alias name '${alias}' is reserved.`);
  }
}

export function checkedStage(stage: string): ModelStage {
  const known = modelStage(stage);
  if (known === undefined) {
    throw invalidParameter(
      `Invalid Model Version stage: ${stage}. Value must be one of ${MODEL_STAGES.join(', ')}.`,
    );
  }
  return known;
}

/** Fails unless a search asks for between 1 and `most` results. */
export function checkRegistryMaxResults(maxResults: number, most: number): void {
  if (maxResults < 1) {
    throw invalidParameter(
      `Invalid value for max_results. It must be a positive integer, but got ${maxResults}`,
    );
  }
  if (maxResults > most) {
    throw invalidParameter(
      `Invalid value for request parameter max_results. It must be at most ${most}, but got value ${maxResults}`,
    );
  }
}
