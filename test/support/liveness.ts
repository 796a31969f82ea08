// What a tracking server tells of the processes behind runs.
import { readRunLiveness } from '../../src/core/client/restLiveness.js';
import type { RunLiveness } from '../../src/core/domain/runLiveness.js';
import type { HttpClient } from '../../src/core/client/httpClient.js';

/** What is known of a run that is RUNNING; undefined for one that is not. */
export async function livenessOf(client: HttpClient, runId: string): Promise<RunLiveness | undefined> {
  return (await readRunLiveness(client)).find((run) => run.runId === runId);
}
