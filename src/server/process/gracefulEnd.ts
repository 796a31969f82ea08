import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { MlflowError } from '../../core/base/errors.js';
import { errorToJson } from '../../core/wire/errorJson.js';
import { stringifyJson } from '../../core/wire/json.js';

/** How long requests may take to finish once the server ends: as long as a write waits for another process. */
const GRACE_MS = 22_000;
const SWEEP_MS = 20;

/** Ends a server after the requests under way. Clients keep connections that they do not use: those are closed. */
export class GracefulEnd {
  private readonly underWay = new Set<ServerResponse>();
  private isEnding = false;

  constructor(private readonly server: FastifyInstance) {
    server.server.on('request', (_request, response: ServerResponse) => {
      this.underWay.add(response);
      response.once('close', () => this.underWay.delete(response));
    });
    server.addHook('onRequest', (_request, reply, done) => {
      if (!this.isEnding) {
        done();
        return;
      }
      const error = new MlflowError('TEMPORARILY_UNAVAILABLE', 'The tracking server is ending.');
      void reply.code(error.httpStatus).header('connection', 'close');
      void reply.type('application/json').send(stringifyJson(errorToJson(error)));
    });
  }

  /** Stops listening and waits. */
  async close(): Promise<void> {
    this.isEnding = true;
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
