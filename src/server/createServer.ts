import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { invalidParameter, messageOf, MlflowError } from '../core/base/errors.js';
import { LIMITS } from '../core/base/limits.js';
import { errorToJson } from '../core/wire/errorJson.js';
import { stringifyJson } from '../core/wire/json.js';
import { splitAddress } from './auth/address.js';
import { wrongContentType } from './auth/contentType.js';
import { judge } from './auth/guard.js';
import type { Lease } from './lease.js';
import { ALL_ROUTES } from './routes/allRoutes.js';
import { type Route, type RouteContext, routeRequest, SENT } from './routes/route.js';
import { hasOtherMethod } from './routes/otherMethods.js';

export interface ServerOptions extends RouteContext {
  /** The part of the path that a client has to know. */
  readonly secret: string;
  readonly lease: Lease;
}

/** Of a JSON body, where a route has no limit of its own. */
const BODY_BYTES = 16_000_000;
const HEADER_BYTES = 32_768;
const MAX_CONNECTIONS = 512;
const HEADERS_TIMEOUT_MS = 15_000;
/** For a whole request; artifacts may be large, and disks slow. */
const REQUEST_TIMEOUT_MS = 600_000;
/** Without a byte either way. The change feed sends some more often than that. */
const IDLE_CONNECTION_MS = 60_000;

/** The tracking server, which listens to nothing yet. Every request passes the guard first, unknown ones too. */
export function createServer(options: ServerOptions): FastifyInstance {
  const server = Fastify({
    logger: false,
    bodyLimit: BODY_BYTES,
    routerOptions: { maxParamLength: 2000 },
    exposeHeadRoutes: false,
    connectionTimeout: IDLE_CONNECTION_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: IDLE_CONNECTION_MS,
    http: { maxHeaderSize: HEADER_BYTES, headersTimeout: HEADERS_TIMEOUT_MS },
    // The router sees the path below the secret; the guard judges what was sent.
    rewriteUrl: (request) => splitAddress(request.url ?? '/').rest,
    // For targets that the router cannot read, which hooks never see.
    frameworkErrors: (_error, _request, reply: FastifyReply) => void answerUnreadable(reply),
  });
  server.server.maxConnections = MAX_CONNECTIONS;
  server.addHook('onRequest', (request, reply, done) => {
    if (turnAway(request, reply, options.secret)) {
      return;
    }
    options.lease.touch();
    done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    const [path = ''] = request.url.split('?', 1);
    const known = judgeRequest(request, options.secret) === undefined;
    options.logger.debug(`${request.method} ${known ? path : '(refused)'} ${reply.statusCode}`);
    done();
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  server.setErrorHandler((error: FastifyError, request, reply) =>
    answerError(error, request, reply, options),
  );
  server.setNotFoundHandler(answerUnknown);
  addRoutes(server, options);
  return server;
}

function judgeRequest(request: FastifyRequest, secret: string): ReturnType<typeof judge> {
  const { method, headers, originalUrl: url } = request;
  return judge({ method, url, headers, port: request.socket.localPort }, secret);
}

function turnAway(request: FastifyRequest, reply: FastifyReply, secret: string): boolean {
  reply.header('x-content-type-options', 'nosniff').header('cache-control', 'no-store');
  const refusal = judgeRequest(request, secret);
  if (refusal === undefined) {
    return false;
  }
  // What else the other side may still be sending is not waited for.
  void reply
    .code(refusal.status)
    .header('connection', 'close')
    .type('text/plain; charset=utf-8')
    .send(refusal.text);
  return true;
}

function addRoutes(server: FastifyInstance, context: ServerOptions): void {
  const streaming = ALL_ROUTES.filter((route) => route.streamsBody);
  const ofBytes = ALL_ROUTES.filter((route) => route.readsBytes);
  ALL_ROUTES.filter((route) => !route.streamsBody && !route.readsBytes).forEach((route) =>
    addRoute(server, route, context),
  );
  // Content-Type parsers belong to a scope: here bodies stay streams, or become bytes.
  void server.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, body, parsed) => parsed(null, body));
    streaming.forEach((route) => addRoute(scope, route, context));
    done();
  });
  void server.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
    ofBytes.forEach((route) => addRoute(scope, route, context));
    done();
  });
}

function addRoute(server: FastifyInstance, route: Route, context: ServerOptions): void {
  server.route({
    method: route.method,
    url: route.path,
    ...(route.bodyLimit !== undefined && { bodyLimit: route.bodyLimit }),
    preParsing: (request, _reply, _payload, done) => {
      const contentType = request.headers['content-type'];
      done(wrongContentType(request.method, contentType, route.readsBytes) ?? null);
    },
    handler: async (request, reply) => {
      const answer = await route.handle(routeRequest(request, reply), context);
      return answer === SENT ? reply : reply.type('application/json').send(stringifyJson(answer));
    },
  });
}

function answerUnreadable(reply: FastifyReply): void {
  void reply.code(404).header('connection', 'close').type('text/plain; charset=utf-8').send('Not found\n');
}

function answerUnknown(request: FastifyRequest, reply: FastifyReply): void {
  const other = hasOtherMethod(request.method, request.url);
  const error = new MlflowError('ENDPOINT_NOT_FOUND', 'The requested URL was not found on the server.');
  void reply
    .code(other ? 405 : 404)
    .type('application/json')
    .send(stringifyJson(errorToJson(error)));
}

function answerError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  { logger }: ServerOptions,
): void {
  const known = asMlflowError(error, request);
  if (known.httpStatus >= 500) {
    logger.error(`${request.method} ${request.routeOptions.url ?? ''}: ${error.stack ?? messageOf(error)}`);
  }
  void reply
    .code(known.httpStatus)
    .type('application/json')
    .send(stringifyJson(errorToJson(known)));
}

function asMlflowError(error: FastifyError | MlflowError, request: FastifyRequest): MlflowError {
  if (MlflowError.is(error)) {
    return error;
  }
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const limit = request.routeOptions.bodyLimit;
    return invalidParameter(
      limit === LIMITS.batchBytes
        ? `Batched logging API requests must be at most ${limit} bytes, got a request of size ` +
            `${request.headers['content-length'] ?? 'unknown'}.`
        : `The request is larger than ${limit} bytes.`,
    );
  }
  return error.statusCode !== undefined && error.statusCode < 500
    ? new MlflowError('BAD_REQUEST', 'The request cannot be read.')
    : new MlflowError('INTERNAL_ERROR', 'An internal error occurred; the server has logged it.');
}
