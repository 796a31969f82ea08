import { MlflowError } from '../../core/base/errors.js';
import type { Run } from '../../core/domain/run.js';
import type { OpenArtifact } from '../artifacts/artifactFolder.js';
import { checkedFilePath } from '../artifacts/artifactPath.js';
import { uriParts } from '../artifacts/uriParts.js';
import { requiredParameter } from './artifactRoutes.js';
import type { Route, RouteContext } from './route.js';
import { sendArtifact } from './sendArtifact.js';

export const MODEL_VERSION_ARTIFACT_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/model-versions/get-artifact',
    handle: async ({ query, raw, reply }, context) => {
      const path = checkedFilePath(requiredParameter(query.get('path'), 'path'));
      const name = query.get('name') ?? '';
      const uri = await context.store.getModelVersionDownloadUri(name, query.get('version') ?? '');
      const { scheme, path: place } = uriParts(uri);
      const artifact =
        scheme === 'runs' ? await openOfRun(place, path, context) : await context.artifacts.open(uri, path);
      return sendArtifact(raw, reply, artifact);
    },
  },
];

/**
 * A file of a version that is kept as `runs:/<id>/<folder>`: among the artifacts of the run, or else those of a
 * logged model of that name, which is where MLflow 3 puts a run's models.
 */
async function openOfRun(place: string, path: string, context: RouteContext): Promise<OpenArtifact> {
  const [runId = '', ...folder] = place.split('/').filter((name) => name !== '');
  const run = await context.store.getRun(runId);
  try {
    return await context.artifacts.open(run.info.artifactUri, [...folder, path].join('/'));
  } catch (error) {
    const [model = '', ...inside] = folder;
    const root = MlflowError.is(error, 'RESOURCE_DOES_NOT_EXIST')
      ? await rootOfModel(run, model, context)
      : undefined;
    if (root === undefined) {
      throw error;
    }
    return context.artifacts.open(root, [...inside, path].join('/'));
  }
}

async function rootOfModel(run: Run, name: string, { store }: RouteContext): Promise<string | undefined> {
  for (const { modelId } of run.modelOutputs) {
    const model = await store.getLoggedModel(modelId);
    if (model.name === name) {
      return model.artifactUri;
    }
  }
  return undefined;
}
