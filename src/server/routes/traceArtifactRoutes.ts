import { doesNotExist, MlflowError } from '../../core/base/errors.js';
import { tagValue } from '../../core/domain/tag.js';
import { TRACE_TAGS, type TraceInfo } from '../../core/domain/trace.js';
import { keepsSpansInStore } from '../../core/traces/completeness.js';
import { spanContent } from '../../core/traces/spanContent.js';
import { ENDPOINTS, prefixesOf } from '../../core/wire/endpoints.js';
import { checkedFilePath } from '../artifacts/artifactPath.js';
import { attachment, contentTypeOf } from '../artifacts/contentTypes.js';
import { type Route, type RouteContext, type RouteRequest, SENT } from './route.js';
import { sendArtifact } from './sendArtifact.js';

/** The file that holds the spans of a trace among its artifacts, and as which those in the store are sent. */
const SPANS_FILE = 'traces.json';
/** Where a trace keeps other files. */
const ATTACHMENTS = 'attachments';

/** MLflow has this for its own pages only: a trace's spans, or the file of `path`, as something to save. */
export const TRACE_ARTIFACT_ROUTES: readonly Route[] = [
  ENDPOINTS.traceArtifact,
  ENDPOINTS.traceArtifactV3,
].map((endpoint) => ({
  method: 'GET',
  path: prefixesOf(endpoint)[1] + endpoint.path,
  handle: sendTraceFile,
}));

async function sendTraceFile(request: RouteRequest, context: RouteContext): Promise<unknown> {
  const traceId = request.query.get('request_id');
  if (!traceId) {
    throw new MlflowError('BAD_REQUEST', 'Request must include the "request_id" query parameter.');
  }
  const info = await context.store.getTraceInfo(traceId);
  const path = request.query.get('path');
  if (path) {
    return sendFile(info, `${ATTACHMENTS}/${checkedFilePath(path)}`, request, context);
  }
  if (!keepsSpansInStore(info)) {
    return sendFile(info, SPANS_FILE, request, context);
  }
  const { spans } = await context.store.getTrace(traceId);
  await request.reply
    .type(contentTypeOf(SPANS_FILE))
    .header('content-disposition', attachment(SPANS_FILE))
    .send(`{"spans":[${spans.map(spanContent).join(',')}]}`);
  return SENT;
}

async function sendFile(
  info: TraceInfo,
  path: string,
  { raw, reply }: RouteRequest,
  { artifacts }: RouteContext,
): Promise<unknown> {
  const root = tagValue(info.tags, TRACE_TAGS.artifactLocation);
  if (root === undefined) {
    throw doesNotExist(`The trace '${info.traceId}' has no artifacts.`);
  }
  return sendArtifact(raw, reply, await artifacts.open(root, path));
}
