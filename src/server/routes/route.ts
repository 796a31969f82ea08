import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../../core/base/logger.js';
import type { MlflowStore } from '../../core/stores/mlflowStore.js';
import { type Endpoint, prefixesOf } from '../../core/wire/endpoints.js';
import type { Message, MessageType } from '../../core/wire/messageTypes.js';
import { defineRequest, type RequestDefinition, readRequest } from '../../core/wire/requests/definition.js';
import { queryToJson } from '../../core/wire/requests/query.js';
import type { ServerIdentity } from '../../core/wire/workbenchApi.js';
import type { StandAside } from '../standAside.js';
import type { StoreFile } from '../sqlite/openedStore.js';
import type { Artifacts } from '../artifacts/artifacts.js';
import type { ChangeFeed } from '../changes/changeFeed.js';
import type { RunLeases } from '../changes/runLeases.js';
import type { LivenessTracker } from '../liveness/livenessTracker.js';
import { jsonBody } from './jsonBody.js';

/** What routes work with. */
export interface RouteContext {
  readonly store: MlflowStore;
  readonly artifacts: Artifacts;
  readonly changes: ChangeFeed;
  readonly runLeases: RunLeases;
  readonly liveness: LivenessTracker;
  readonly file: StoreFile;
  readonly standAside: StandAside;
  readonly logger: Logger;
  identity(): ServerIdentity;
  /** Ends the server once the answer is sent. */
  shutDown(): void;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a request brings to a route's handler. */
export interface RouteRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The value of a JSON body; undefined where there is none or it is no JSON. */
  body(): unknown;
  /** For routes that answer otherwise than with JSON, and for those whose body is a stream. */
  readonly raw: FastifyRequest;
  readonly reply: FastifyReply;
}

/** A row of the table of routes. */
export interface Route {
  readonly method: Method;
  /** The path below the secret; `:name` and `*` vary. */
  readonly path: string;
  /** What its parameters are, for a call of MLflow's API. */
  readonly definition?: RequestDefinition<MessageType>;
  /** In bytes, where the usual limit of a body does not fit. */
  readonly bodyLimit?: number;
  /** The body is handed over as a stream of any type, without limit. */
  readonly streamsBody?: true;
  /** The types of body that the route takes, as bytes. Only JSON is taken where absent, as text. */
  readonly readsBytes?: readonly string[];
  /** Answers a value to send as JSON, or has sent the answer itself and returns {@link SENT}. */
  handle(request: RouteRequest, context: RouteContext): Promise<unknown>;
}

/** Returned by a handler that has dealt with the reply itself. */
export const SENT = Symbol('sent');

/** For requests that say everything in their path. */
export const NOTHING = defineRequest({}, {});

export interface CallOptions {
  readonly bodyLimit?: number;
}

/** The routes of a call of MLflow's API: below `/api` and, as MLflow's own pages call it, below `/ajax-api`. */
export function call<M extends MessageType>(
  endpoint: Endpoint,
  definition: RequestDefinition<M>,
  handle: (message: Message<M>, context: RouteContext, request: RouteRequest) => Promise<unknown>,
  options: CallOptions = {},
): Route[] {
  return prefixesOf(endpoint).map((prefix) => ({
    ...options,
    definition,
    method: endpoint.method,
    path: prefix + endpoint.path,
    handle: (request, context) =>
      handle(readRequest(definition, valuesOf(definition, request)), context, request),
  }));
}

function valuesOf(definition: RequestDefinition<MessageType>, request: RouteRequest): unknown {
  return request.raw.method === 'GET' ? queryToJson(definition.message, request.query) : request.body();
}

/** The raw target without the secret, taken apart. */
export function routeRequest(raw: FastifyRequest, reply: FastifyReply): RouteRequest {
  const start = raw.url.indexOf('?');
  return {
    params: raw.params as Record<string, string>,
    query: new URLSearchParams(start < 0 ? '' : raw.url.slice(start + 1)),
    body: () => jsonBody(raw.body),
    raw,
    reply,
  };
}
