import { MlflowError } from '../base/errors.js';
import { WORKBENCH_PATHS, type ServerIdentity } from '../wire/workbenchApi.js';
import { serverIdentityFromJson } from '../wire/workbenchJson.js';
import { HttpClient } from './httpClient.js';

const TIMEOUT_MS = 3_000;
const MAX_BYTES = 100_000;

/** Asks who answers at a tracking URI; undefined where nobody does, or a server that is not this project's. */
export async function identify(uri: string, signal?: AbortSignal): Promise<ServerIdentity | undefined> {
  const client = new HttpClient({ uri, timeoutMs: TIMEOUT_MS, retries: 0, ...(signal && { signal }) });
  try {
    const path = WORKBENCH_PATHS.identity;
    return serverIdentityFromJson(
      await client.json({ method: 'GET', path, reads: true, maxBytes: MAX_BYTES }),
    );
  } catch (error) {
    if (MlflowError.is(error) && error.code !== 'CANCELLED') {
      return undefined;
    }
    throw error;
  }
}
