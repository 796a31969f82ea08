import { randomUUID } from 'node:crypto';
import { doesNotExist, invalidParameter } from '../../../core/base/errors.js';
import { LIMITS } from '../../../core/base/limits.js';
import type { PromptVersionRef } from '../../../core/stores/traceStore.js';
import { addAssociation } from '../associations.js';
import type { StoreContext } from '../storeContext.js';
import { findTraceRow } from './traceRows.js';

export function linkTracesToRun(context: StoreContext, traceIds: readonly string[], runId: string): void {
  requireAssociations(context);
  if (traceIds.length > LIMITS.traceLinks) {
    throw invalidParameter(
      `Cannot link more than ${LIMITS.traceLinks} traces to a run in a single request. ` +
        `Provided ${traceIds.length} traces.`,
    );
  }
  for (const traceId of traceIds) {
    addAssociation(context, newId(), { type: 'trace', id: traceId }, { type: 'run', id: runId });
  }
}

export function linkPromptsToTrace(
  context: StoreContext,
  traceId: string,
  prompts: readonly PromptVersionRef[],
): void {
  requireAssociations(context);
  if (prompts.length > 0 && findTraceRow(context, traceId) === undefined) {
    throw doesNotExist(`Trace with ID '${traceId}' not found.`);
  }
  for (const { name, version } of prompts) {
    const prompt = { type: 'prompt_version', id: `${name}/${version}` };
    addAssociation(context, newId(), { type: 'trace', id: traceId }, prompt);
  }
}

function requireAssociations({ tables }: StoreContext): void {
  tables.require('entity_associations', 'links of traces', '3.3');
}

function newId(): string {
  return randomUUID().replaceAll('-', '');
}
