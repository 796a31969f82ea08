import type { Run, RunInfo } from '../../src/core/domain/run.js';
import { SYSTEM_TAGS, type Tag } from '../../src/core/domain/tag.js';

/** A finished run of experiment 1 with this id, and what a test says of it beside that. */
export function makeRun(
  runId: string,
  facts: Partial<Omit<Run, 'info'>> & { readonly info?: Partial<RunInfo>; readonly parent?: string } = {},
): Run {
  const { info, parent, tags, ...rest } = facts;
  const parentTag: Tag[] = parent === undefined ? [] : [{ key: SYSTEM_TAGS.parentRunId, value: parent }];
  return {
    info: {
      runId,
      runName: `name of ${runId}`,
      experimentId: '1',
      userId: 'someone',
      status: 'FINISHED',
      startTime: 1_000,
      artifactUri: `/store/mlruns/1/${runId}/artifacts`,
      lifecycleStage: 'active',
      ...info,
    },
    metrics: [],
    params: [],
    datasetInputs: [],
    modelInputs: [],
    modelOutputs: [],
    ...rest,
    tags: [...(tags ?? []), ...parentTag],
  };
}
