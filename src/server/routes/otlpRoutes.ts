import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { messageOf, MlflowError } from '../../core/base/errors.js';
import type { LoggedSpan } from '../../core/domain/trace.js';
import { receivedSpan } from '../../core/traces/receivedSpan.js';
import { OTLP_EXPERIMENT_HEADER, OTLP_TRACES_PATH } from '../../core/wire/endpoints.js';
import { spansFromOtlp } from '../../core/wire/spanJson.js';
import { parseBoundedJson } from '../../core/wire/structure.js';
import { mediaTypeOf } from '../auth/contentType.js';
import { type DecodedTraces, decodeTraces } from '../otlp/decodeTraces.js';
import { decodeBounded } from '../otlp/protobufReader.js';
import { type Route, type RouteContext, type RouteRequest, SENT } from './route.js';

const PROTOBUF = 'application/x-protobuf';
const JSON_TYPE = 'application/json';
const RUN_HEADER = 'x-mlflow-run-id';

/** Of a request as it is sent, and once it is unpacked. */
const SENT_BYTES = 32_000_000;
const UNPACKED_BYTES = 64_000_000;

const UNPACK: Readonly<Record<string, (body: Buffer) => Promise<Buffer>>> = {
  gzip: (body) => promisify(gunzip)(body, { maxOutputLength: UNPACKED_BYTES }),
  deflate: (body) => promisify(inflate)(body, { maxOutputLength: UNPACKED_BYTES }),
};

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** What OpenTelemetry's own servers answer goes by the name `detail` in MLflow. */
class OtlpRefusal extends Error {
  constructor(
    readonly status: number,
    detail: string,
  ) {
    super(detail);
  }
}

/**
 * Where spans come in by OpenTelemetry's protocol (OTLP over HTTP), from MLflow's clients since 3.4 and from any
 * others. It is the one route that reads protobuf: a type that web pages cannot send unasked either.
 */
export const OTLP_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: OTLP_TRACES_PATH,
    bodyLimit: SENT_BYTES,
    readsBytes: [PROTOBUF, JSON_TYPE],
    handle: async (request, context) => {
      try {
        await receive(request, context);
      } catch (error) {
        if (!(error instanceof OtlpRefusal)) {
          throw error;
        }
        const { status, message: detail } = error;
        await request.reply.code(status).type(JSON_TYPE).send(JSON.stringify({ detail }));
        return SENT;
      }
      const isJson = mediaTypeOf(request.raw.headers['content-type']) === JSON_TYPE;
      await (isJson ? request.reply.type(JSON_TYPE).send('{}') : request.reply.type(PROTOBUF).send(''));
      return SENT;
    },
  },
];

async function receive(request: RouteRequest, context: RouteContext): Promise<void> {
  const experimentId = headerOf(request, OTLP_EXPERIMENT_HEADER);
  if (experimentId === undefined) {
    throw new OtlpRefusal(422, `The header ${OTLP_EXPERIMENT_HEADER} is required.`);
  }
  const { spans, isEmpty } = decoded(await unpacked(request), request);
  if (isEmpty) {
    throw new OtlpRefusal(400, 'Invalid OpenTelemetry format - no spans found');
  }
  const received = spans.map(checked);
  if (received.length > 0) {
    await log(experimentId, received, context);
  }
  const runId = headerOf(request, RUN_HEADER);
  if (runId !== undefined) {
    await linkToRun(received, runId, context);
  }
}

async function log(
  experimentId: string,
  spans: readonly LoggedSpan[],
  { store }: RouteContext,
): Promise<void> {
  try {
    await store.logSpans(experimentId, spans);
  } catch (error) {
    if (MlflowError.is(error, 'NOT_IMPLEMENTED')) {
      // By these words MLflow's clients know that spans have to go into a file among the artifacts.
      throw new OtlpRefusal(501, `REST OTLP span logging is not supported by this store: ${error.message}`);
    }
    throw error;
  }
}

/** The spans are kept even where they cannot be linked. */
async function linkToRun(
  spans: readonly LoggedSpan[],
  runId: string,
  { store, logger }: RouteContext,
): Promise<void> {
  const roots = spans.filter(({ parentSpanId }) => parentSpanId === undefined);
  try {
    await store.linkTracesToRun([...new Set(roots.map(({ traceId }) => traceId))], runId);
  } catch (error) {
    logger.warn(`Traces were not linked to their run: ${messageOf(error)}`);
  }
}

function headerOf({ raw }: RouteRequest, name: string): string | undefined {
  const value = raw.headers[name];
  return typeof value === 'string' ? value : undefined;
}

async function unpacked(request: RouteRequest): Promise<Buffer> {
  const body = Buffer.isBuffer(request.raw.body) ? request.raw.body : Buffer.alloc(0);
  const encoding = headerOf(request, 'content-encoding')?.toLowerCase();
  if (encoding === undefined || encoding === '') {
    return body;
  }
  const unpack = Object.hasOwn(UNPACK, encoding) ? UNPACK[encoding] : undefined;
  if (unpack === undefined) {
    throw new OtlpRefusal(400, `Unsupported Content-Encoding: ${encoding}`);
  }
  try {
    return await unpack(body);
  } catch {
    throw new OtlpRefusal(400, `Failed to decompress ${encoding} payload`);
  }
}

function decoded(bytes: Buffer, { raw }: RouteRequest): DecodedTraces {
  try {
    if (mediaTypeOf(raw.headers['content-type']) === PROTOBUF) {
      return decodeBounded(() => decodeTraces(bytes));
    }
    const spans = spansFromOtlp(parseBoundedJson(utf8.decode(bytes)));
    return { spans, isEmpty: spans.length === 0 };
  } catch {
    throw new OtlpRefusal(400, 'Invalid OpenTelemetry format');
  }
}

function checked(span: LoggedSpan): LoggedSpan {
  try {
    return receivedSpan(span);
  } catch {
    throw new OtlpRefusal(422, 'Cannot convert OpenTelemetry span to MLflow span');
  }
}
