import { MlflowError } from '../base/errors.js';

/**
 * The bytes of an answer, as they come.
 * @throws MlflowError RESOURCE_EXHAUSTED when there are more than `maxBytes`; the rest is not read
 */
export async function* boundedChunks(response: Response, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) {
    await response.body?.cancel();
    throw tooLarge(maxBytes);
  }
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      throw tooLarge(maxBytes);
    }
    yield chunk;
  }
}

export async function readBytes(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of boundedChunks(response, maxBytes)) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(maxBytes: number): MlflowError {
  return new MlflowError('RESOURCE_EXHAUSTED', `The answer is larger than ${maxBytes} bytes.`);
}
