import { posix } from 'node:path';
import { Readable } from 'node:stream';
import { invalidParameter, MlflowError } from '../../core/base/errors.js';
import type { ArtifactEntry } from '../../core/domain/artifact.js';
import { artifactEntryToJson } from '../../core/wire/artifactJson.js';
import { AJAX_ARTIFACTS_PREFIX, ARTIFACTS_PREFIX } from '../../core/wire/endpoints.js';
import { type Method, type Route, type RouteContext, type RouteRequest, SENT } from './route.js';
import { sendArtifact } from './sendArtifact.js';

/*
 * The artifact proxy (`mlflow-artifacts:` locations): clients send files to the server and fetch them from it. It is
 * always on: the experiments of a database that `mlflow server` made have such locations.
 */

type Handle = (path: string, request: RouteRequest, context: RouteContext) => Promise<unknown>;

/** Parts of what local storage of MLflow's cannot do either; clients then send the file in one piece. */
const NOT_SUPPORTED: readonly { readonly method: Method; readonly path: string; readonly message: string }[] =
  [
    ...['create', 'complete', 'abort'].map((step) => ({
      method: 'POST' as const,
      path: `/mpu/${step}/*`,
      message: 'Multipart upload is not supported for the current artifact repository',
    })),
    {
      method: 'GET',
      path: '/presigned/*',
      message: 'Multipart download is not supported for the current artifact repository',
    },
  ];

export const ARTIFACT_PROXY_ROUTES: readonly Route[] = [ARTIFACTS_PREFIX, AJAX_ARTIFACTS_PREFIX].flatMap(
  (prefix) => [
    proxied('GET', prefix, '/artifacts/*', async (path, { raw, reply }, { artifacts }) =>
      sendArtifact(raw, reply, await artifacts.openProxied(path)),
    ),
    {
      ...proxied('PUT', prefix, '/artifacts/*', async (path, { raw, reply }, { artifacts }) => {
        // Without a body and its type there is no stream either.
        await artifacts.writeProxied(path, (raw.body as Readable | null | undefined) ?? Readable.from([]));
        await reply.type('application/json').send('{}');
        return SENT;
      }),
      streamsBody: true as const,
    },
    proxied('DELETE', prefix, '/artifacts/*', async (path, _request, { artifacts }) => {
      await artifacts.removeProxied(path);
      return {};
    }),
    proxied('GET', prefix, '/artifacts', async (_path, { query }, { artifacts }) => {
      const files = (await artifacts.listProxied(query.get('path') ?? '')).map(byName);
      return files.length > 0 ? { files: files.map(artifactEntryToJson) } : {};
    }),
    ...NOT_SUPPORTED.map(({ method, path, message }) =>
      proxied(method, prefix, path, () => Promise.reject(new MlflowError('NOT_IMPLEMENTED', message))),
    ),
  ],
);

function proxied(method: Method, prefix: string, path: string, handle: Handle): Route {
  return {
    method,
    path: prefix + path,
    handle: async (request, context) => handle(pathOf(request.raw.url, prefix + path), request, context),
  };
}

/** The part of a URL's path that `*` stands for, decoded once. The router's own would be decoded its own way. */
function pathOf(url: string, pattern: string): string {
  const [path = ''] = url.split('?', 1);
  try {
    return decodeURIComponent(path.slice(pattern.replace(/\*$/, '').length));
  } catch {
    throw invalidParameter('Invalid path');
  }
}

/** The proxy lists names, not paths. */
function byName(entry: ArtifactEntry): ArtifactEntry {
  return { ...entry, path: posix.basename(entry.path) };
}
