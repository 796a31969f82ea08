import { setTimeout as sleep } from 'node:timers/promises';
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
 * Where new ports are looked for: below those that systems give to outgoing connections. One of these would be gone
 * sooner or later when the server comes back to it.
 */
const FIRST_PORT = 20_000;
const LAST_PORT = 31_999;
const ATTEMPTS = 10;

/** A connection that is just ending can keep a port for a moment. */
const PATIENCE_MS = 2_000;
const PAUSE_MS = 100;

/**
 * Listens at one port.
 * @throws PortTaken
 */
export async function listenAt(server: FastifyInstance, port: number): Promise<number> {
  try {
    await server.listen({ host: HOST, port });
  } catch (error) {
    throw isTaken(error) ? new PortTaken(port, error) : error;
  }
  const address = server.server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** Listens at the port that the store's former server had; undefined where another program has it and keeps it. */
export async function listenAgain(server: FastifyInstance, port: number): Promise<number | undefined> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await listenAt(server, port);
    } catch (error) {
      if (!(error instanceof PortTaken)) {
        throw error;
      }
    }
    if (Date.now() >= until) {
      return undefined;
    }
    await sleep(PAUSE_MS);
  }
}

/** Listens at a port that is free. */
export async function listenAnywhere(server: FastifyInstance): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT + 1));
    try {
      return await listenAt(server, port);
    } catch (error) {
      if (!(error instanceof PortTaken)) {
        throw error;
      }
    }
  }
  return listenAt(server, 0);
}

/** In use, or not to be had by this user. */
function isTaken(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'EADDRINUSE' || code === 'EACCES';
}
