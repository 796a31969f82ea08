import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { type ErrorCode, messageOf, MlflowError } from '../core/base/errors.js';
import { errorToJson } from '../core/wire/errorJson.js';
import { stringifyJson } from '../core/wire/json.js';
import { targetOf } from './auth/address.js';
import { wrongContentType } from './auth/contentType.js';
import { judge, type Refusal } from './auth/guard.js';
import { type ConnectionBounds, CONNECTION_BOUNDS } from './connectionBounds.js';
import type { Lease } from './lease.js';
import type { LivenessTracker } from './liveness/livenessTracker.js';
import { isStillSending, takeRest } from './restOfBody.js';
import { answerNoRequest, asMlflowError, textOf } from './requestErrors.js';
import { ALL_ROUTES } from './routes/allRoutes.js';
import { sendPage } from './routes/sendPage.js';
import { type Route, type RouteContext, routeRequest, SENT } from './routes/route.js';
import { hasOtherMethod } from './routes/otherMethods.js';

export interface ServerOptions extends RouteContext {
  /** The part of the path that a client has to know; undefined where the owner wants none. */
  readonly secret: string | undefined;
  readonly lease: Lease;
}

/** Of a JSON body, where a route has no limit of its own. */
const BODY_BYTES = 16_000_000;

/** What no answer of ours needs, and a browser that got hold of one must not do. */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
};

/** What this server never does, and what cannot be done to something as it is: MLflow's statuses for these are 5xx. */
const NO_FAILURES: ReadonlySet<ErrorCode> = new Set(['NOT_IMPLEMENTED', 'INVALID_STATE']);

/** The tracking server, which listens to nothing yet. Every request passes the guard first, unknown ones too. */
export function createServer(
  options: ServerOptions,
  bounds: ConnectionBounds = CONNECTION_BOUNDS,
): FastifyInstance {
  const server = Fastify({
    logger: false,
    bodyLimit: BODY_BYTES,
    routerOptions: { maxParamLength: 2000 },
    exposeHeadRoutes: false,
    // Who ends the server refuses what comes then, in the form of MLflow's errors.
    return503OnClosing: false,
    connectionTimeout: bounds.idleMs,
    requestTimeout: bounds.requestMs,
    keepAliveTimeout: bounds.idleMs,
    http: {
      maxHeaderSize: bounds.headerBytes,
      headersTimeout: bounds.headersMs,
      connectionsCheckingInterval: bounds.checkEveryMs,
    },
    clientErrorHandler: answerNoRequest,
    // The router sees the path below the secret; the guard judges what was sent.
    rewriteUrl: (request) => targetOf(request.url ?? '/', options.secret),
    // For targets that the router cannot read, which hooks never see.
    frameworkErrors: (_error, _request, reply: FastifyReply) => void answerUnreadable(reply),
  });
  boundConnections(server.server, options.liveness, bounds);
  const turnedAway = new WeakSet<FastifyRequest>();
  server.addHook('onRequest', (request, reply, done) => {
    const refusal = judgeRequest(request, options.secret, bounds);
    reply.headers(HEADERS);
    if (refusal !== undefined) {
      turnedAway.add(request);
      turnAway(reply, refusal);
      return;
    }
    options.lease.touch();
    done();
  });
  server.addHook('onSend', (request, reply, payload, done) => {
    if (isStillSending(request) && !turnedAway.has(request)) {
      takeRest(request, reply, bounds.lingerMs);
    }
    done(null, payload);
  });
  server.addHook('onResponse', (request, reply, done) => {
    const [path = ''] = request.url.split('?', 1);
    const shown = turnedAway.has(request) ? '(refused)' : path;
    options.logger.debug(`${request.method} ${shown} ${reply.statusCode}`);
    done();
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    const text = textOf(body as Buffer);
    done(MlflowError.is(text) ? text : null, text);
  });
  server.setErrorHandler((error: FastifyError, request, reply) =>
    answerError(error, request, reply, options),
  );
  server.setNotFoundHandler(answerUnknown);
  addRoutes(server, options);
  return server;
}

function boundConnections(server: Server, liveness: LivenessTracker, bounds: ConnectionBounds): void {
  server.maxConnections = bounds.connections;
  // Node.js would drop those beyond a count of its own unseen, an Origin among them. The guard counts.
  server.maxHeadersCount = 0;
  // With a listener, Node.js leaves it to that what becomes of a connection without a byte either way.
  server.on('timeout', (socket: Socket) => {
    if (liveness.keeps(socket)) {
      socket.setTimeout(bounds.idleMs);
    } else {
      socket.destroy();
    }
  });
}

function judgeRequest(
  { raw, headers, originalUrl: url, socket }: FastifyRequest,
  secret: string | undefined,
  bounds: ConnectionBounds,
): Refusal | undefined {
  const tooMany = raw.rawHeaders.length > 2 * bounds.headers;
  return judge({ url, headers, tooMany, hosts: raw.headersDistinct.host, port: socket.localPort }, secret);
}

/** What else the other side may still be sending is not waited for. */
function turnAway(reply: FastifyReply, { status, text, isPage }: Refusal): void {
  reply.code(status).header('connection', 'close');
  if (isPage) {
    sendPage(reply, text);
  } else {
    void reply.type('text/plain; charset=utf-8').send(text);
  }
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
  void reply
    .code(404)
    .headers({ ...HEADERS, connection: 'close' })
    .type('text/plain; charset=utf-8')
    .send('Not found\n');
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
  if (known.httpStatus >= 500 && !NO_FAILURES.has(known.code)) {
    logger.error(`${request.method} ${request.routeOptions.url ?? ''}: ${error.stack ?? messageOf(error)}`);
  }
  void reply
    .code(known.httpStatus)
    .type('application/json')
    .send(stringifyJson(errorToJson(known)));
}
