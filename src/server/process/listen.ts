import type { FastifyInstance } from 'fastify';

/** A port that the caller insists on cannot be had. */
export class PortTaken extends Error {
  constructor(port: number, cause: unknown) {
    super(
      `Port ${port} of ${HOST} is in use by another program, or kept for the system. ` +
        'Name another with --port, or none for one that is free.',
      { cause },
    );
  }
}

/** The only address that the server listens at. */
export const HOST = '127.0.0.1';

/**
 * Starts to listen and returns the port.
 * @param wanted a port that the caller insists on; 0 for any
 * @param former the port to try first when any will do
 * @throws PortTaken
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
  try {
    return await listenAt(server, wanted);
  } catch (error) {
    throw isTaken(error) ? new PortTaken(wanted, error) : error;
  }
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
