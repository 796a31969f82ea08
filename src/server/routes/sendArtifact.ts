import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OpenArtifact } from '../artifacts/artifactFolder.js';
import { parseRange } from '../artifacts/byteRange.js';
import { attachment, contentTypeOf } from '../artifacts/contentTypes.js';
import { SENT } from './route.js';

/** Streams a file, or the range of it that was asked for, as something to save. Closes the file. */
export async function sendArtifact(
  request: FastifyRequest,
  reply: FastifyReply,
  artifact: OpenArtifact,
): Promise<typeof SENT> {
  const { handle, name, size } = artifact;
  reply.header('accept-ranges', 'bytes').header('content-disposition', attachment(name));
  const range = parseRange(request.headers.range, size);
  if (range === 'unsatisfiable') {
    await handle.close();
    await reply.code(416).header('content-range', `bytes */${size}`).type('text/plain').send('');
    return SENT;
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  reply.type(contentTypeOf(name)).header('content-length', end - start + 1);
  if (range !== undefined) {
    reply.code(206).header('content-range', `bytes ${start}-${end}/${size}`);
  }
  if (size === 0) {
    await handle.close();
    await reply.send('');
  } else {
    await reply.send(handle.createReadStream({ start, end }));
  }
  return SENT;
}
