import { MlflowError } from '../base/errors.js';
import type { RunLiveness } from '../domain/runLiveness.js';
import { listIn } from '../wire/readJson.js';
import { WORKBENCH_PATHS } from '../wire/workbenchApi.js';
import { runLivenessFromJson } from '../wire/workbenchJson.js';
import type { HttpClient } from './httpClient.js';

/** What this project's server knows of the runs that are RUNNING; nothing where the server is another's. */
export async function readRunLiveness(client: HttpClient): Promise<readonly RunLiveness[]> {
  try {
    const json = await client.json({ method: 'GET', path: WORKBENCH_PATHS.runLiveness, reads: true });
    return listIn(json, 'runs').map(runLivenessFromJson);
  } catch (error) {
    if (MlflowError.is(error, 'ENDPOINT_NOT_FOUND')) {
      return [];
    }
    throw error;
  }
}
