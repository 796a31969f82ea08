import type { ArtifactListing } from '../domain/artifact.js';
import { artifactListingFromJson } from '../wire/artifactJson.js';
import { ENDPOINTS } from '../wire/endpoints.js';
import { callApi } from './apiCalls.js';
import type { HttpClient } from './httpClient.js';
import { boundedChunks, readBytes } from './readBody.js';

/** Reads the artifacts of runs through a server that can reach them. */
export class RestArtifacts {
  constructor(private readonly client: HttpClient) {}

  /** @param path of a folder, relative to the run's artifacts; empty for all of them */
  async list(runId: string, path: string): Promise<ArtifactListing> {
    const values = { run_id: runId, ...(path && { path }) };
    return artifactListingFromJson(await callApi(this.client, ENDPOINTS.listArtifacts, values));
  }

  /**
   * The content of a file.
   * @throws MlflowError RESOURCE_EXHAUSTED where it is larger than `maxBytes`
   */
  async read(runId: string, path: string, maxBytes: number, signal?: AbortSignal): Promise<Uint8Array> {
    return readBytes(await this.open(runId, path, signal), maxBytes);
  }

  /** The content of a file as it comes, however large. */
  async *stream(runId: string, path: string, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    yield* boundedChunks(await this.open(runId, path, signal), Infinity);
  }

  private open(runId: string, path: string, signal?: AbortSignal): Promise<Response> {
    const query = new URLSearchParams({ run_id: runId, path });
    return this.client.send({
      method: 'GET',
      path: '/get-artifact',
      query,
      reads: true,
      ...(signal && { signal }),
    });
  }
}
