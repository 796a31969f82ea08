import { SYSTEM_TAGS } from '../domain/tag.js';

/** What MLflow accepts as the id of a run (`mlflow.utils.validation`). Tags may hold any other text. */
const RUN_ID = /^[a-zA-Z0-9][\w-]{0,255}$/;

/** Whether `text` can be a run's id, and so may stand in a filter. */
export function isRunId(text: string): boolean {
  return RUN_ID.test(text);
}

/** A filter for the runs of these ids. Every id must pass {@link isRunId}. */
export function runIdsFilter(runIds: readonly string[]): string {
  return `attributes.run_id IN (${runIds.map(quoted).join(', ')})`;
}

/** A filter for the runs below `parentRunId`, which must pass {@link isRunId}. */
export function childRunsFilter(parentRunId: string): string {
  return `tags."${SYSTEM_TAGS.parentRunId}" = ${quoted(parentRunId)}`;
}

function quoted(runId: string): string {
  if (!isRunId(runId)) {
    throw new TypeError(`Not the id of a run: ${runId}`);
  }
  return `'${runId}'`;
}
