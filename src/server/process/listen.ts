import type { FastifyInstance } from 'fastify';

/** The only address that the server listens at. */
export const HOST = '127.0.0.1';

/**
 * Starts to listen and returns the port.
 * @param wanted a port that the caller insists on; 0 for any
 * @param former the port to try first when any will do
 */
export async function listen(
  server: FastifyInstance,
  wanted: number,
  former: number | undefined,
): Promise<number> {
  if (wanted === 0 && former !== undefined && former > 0) {
    try {
      return await listenAt(server, former);
    } catch (error) {
      if (!isTaken(error)) {
        throw error;
      }
    }
  }
  return listenAt(server, wanted);
}

async function listenAt(server: FastifyInstance, port: number): Promise<number> {
  await server.listen({ host: HOST, port });
  const address = server.server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** In use, or not to be had by this user. */
function isTaken(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'EADDRINUSE' || code === 'EACCES';
}
