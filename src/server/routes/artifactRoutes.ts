import { MlflowError } from '../../core/base/errors.js';
import { artifactListingToJson } from '../../core/wire/artifactJson.js';
import { AJAX_PREFIX, ENDPOINTS } from '../../core/wire/endpoints.js';
import { LIST_ARTIFACTS, LIST_LOGGED_MODEL_ARTIFACTS } from '../../core/wire/requests/artifacts.js';
import { modelIdOf } from './loggedModelRoutes.js';
import { call, type Route } from './route.js';
import { runIdOf } from './runCall.js';
import { sendArtifact } from './sendArtifact.js';

export const ARTIFACT_ROUTES: readonly Route[] = [
  ...call(ENDPOINTS.listArtifacts, LIST_ARTIFACTS, async (message, { store, artifacts }) => {
    const { artifactUri } = (await store.getRun(runIdOf(message))).info;
    return artifactListingToJson({
      rootUri: artifactUri,
      entries: await artifacts.list(artifactUri, message.path ?? ''),
    });
  }),
  {
    method: 'GET',
    path: '/get-artifact',
    handle: async ({ query, raw, reply }, { store, artifacts }) => {
      const path = requiredParameter(query.get('path'), 'path');
      const run = await store.getRun(query.get('run_id') ?? query.get('run_uuid') ?? '');
      return sendArtifact(raw, reply, await artifacts.open(run.info.artifactUri, path));
    },
  },
  ...call(
    ENDPOINTS.listLoggedModelArtifacts,
    LIST_LOGGED_MODEL_ARTIFACTS,
    async (message, context, request) => {
      const { artifactUri } = await context.store.getLoggedModel(modelIdOf(request));
      const entries = await context.artifacts.list(artifactUri, message.artifact_directory_path ?? '');
      return artifactListingToJson({ rootUri: artifactUri, entries });
    },
  ),
  {
    method: 'GET',
    path: AJAX_PREFIX + ENDPOINTS.loggedModelFile.path,
    handle: async (request, { store, artifacts }) => {
      const path = requiredParameter(request.query.get('artifact_file_path'), 'artifact_file_path');
      const model = await store.getLoggedModel(modelIdOf(request));
      return sendArtifact(request.raw, request.reply, await artifacts.open(model.artifactUri, path));
    },
  },
];

/** The value of a query parameter that has to be there. */
export function requiredParameter(value: string | null, name: string): string {
  if (!value) {
    throw new MlflowError('BAD_REQUEST', `Request must include the "${name}" query parameter.`);
  }
  return value;
}
