import { posix } from 'node:path';
import type { Tag } from '../../../core/domain/tag.js';
import { TRACE_TAGS } from '../../../core/domain/trace.js';
import { appendToUri } from '../artifactLocations.js';
import type { ExperimentRow } from '../experimentRows.js';
import { invalidValue } from '../validation.js';

/** The tag that says where files of a trace go: its attachments, and its spans where they are not in the store. */
export function artifactLocationTag(experiment: ExperimentRow, traceId: string): Tag {
  return {
    key: TRACE_TAGS.artifactLocation,
    value: appendToUri(experiment.artifact_location ?? '', 'traces', traceId, 'artifacts'),
  };
}

/** Checks the id that a client gives a trace: it becomes the name of a folder. */
export function checkNewTraceId(traceId: string): void {
  if (traceId === '' || /[ .]$/.test(traceId) || posix.basename(traceId) !== traceId) {
    throw invalidValue('trace_id', traceId, 'must be a single path component');
  }
  if (/[%?#\p{Cc}]/u.test(traceId)) {
    throw invalidValue('trace_id', traceId, "must not contain '%', '?', '#' or control characters");
  }
}
