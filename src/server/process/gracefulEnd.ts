import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** How long requests may take to finish once the server ends: as long as a write waits for another process. */
const GRACE_MS = 22_000;
const SWEEP_MS = 20;

/** Ends a server after the requests under way. Clients keep connections that they do not use: those are closed. */
export class GracefulEnd {
  private readonly underWay = new Set<ServerResponse>();

  constructor(private readonly server: FastifyInstance) {
    server.server.on('request', (_request, response: ServerResponse) => {
      this.underWay.add(response);
      response.once('close', () => this.underWay.delete(response));
    });
  }

  /** Stops listening and waits. */
  async close(): Promise<void> {
    const { server } = this.server;
    const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    const sweep = setInterval(() => {
      if (this.underWay.size === 0) {
        server.closeAllConnections();
      } else {
        server.closeIdleConnections();
      }
    }, SWEEP_MS);
    await this.server.close();
    clearInterval(sweep);
    clearTimeout(timer);
  }
}
