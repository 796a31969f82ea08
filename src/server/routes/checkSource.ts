import { invalidParameter, MlflowError } from '../../core/base/errors.js';
import { parseModelUri } from '../../core/domain/modelUri.js';
import { hasPlainPath, isProxyUri, isUriWithin, uriParts } from '../artifacts/uriParts.js';
import type { RouteContext } from './route.js';

/*
 * What may be the source of a model version. Models are loaded from where a version says that they are, by
 * whoever uses them and by the server, so a client can only name what belongs to a run or to a logged model.
 */

/** Schemes whose URIs name the host to connect to. Only what the store knows already may have one. */
const HOST_SCHEMES = [
  'ftp',
  'sftp',
  'hdfs',
  'viewfs',
  'http',
  'https',
  'mlflow-artifacts',
  'r2',
  'b2',
  'abfss',
];

/** What is said to hold a source: by which parameter, and where its artifacts are. */
interface Holder {
  readonly parameter: 'run_id' | 'model_id';
  /** Undefined where the client names none. */
  readonly artifactUri: string | undefined;
}

/** Fails unless the run holds the source, or the source is somewhere that needs no run. */
export async function checkRunSource(source: string, runId: string, context: RouteContext): Promise<void> {
  const read = async () => (await context.store.getRun(runId)).info.artifactUri;
  const holder = await holderOf('run_id', runId, source, context, read);
  if (await isDecidedByPlace(source, holder, context)) {
    return;
  }
  const { scheme, authority, path } = uriParts(source);
  if (scheme === 'runs') {
    const [, id = ''] = path.split('/');
    if (authority !== '' || id === '' || id !== runId) {
      throw isNotIn(source, 'run_id');
    }
  } else if (scheme === 'models') {
    const reference = parseModelUri(source);
    if (authority !== '' || reference === undefined || reference.kind === 'loggedModel') {
      throw isNotIn(source, 'model_id');
    }
  }
}

/** Fails unless the logged model holds the source, or the source is somewhere that needs no model. */
export async function checkModelSource(
  source: string,
  modelId: string,
  context: RouteContext,
): Promise<void> {
  const read = async () => (await context.store.getLoggedModel(modelId)).artifactUri;
  const holder = await holderOf('model_id', modelId, source, context, read);
  if (await isDecidedByPlace(source, holder, context)) {
    return;
  }
  const { scheme, authority } = uriParts(source);
  const reference = scheme === 'models' ? parseModelUri(source) : undefined;
  const isOther = reference?.kind === 'loggedModel' && reference.modelId !== modelId;
  if (
    scheme === 'runs' ||
    (scheme === 'models' && (authority !== '' || reference === undefined || isOther))
  ) {
    throw isNotIn(source, 'model_id');
  }
}

/** Reads the holder only where the place of the source has to be compared with its. */
async function holderOf(
  parameter: Holder['parameter'],
  id: string,
  source: string,
  { artifacts }: RouteContext,
  read: () => Promise<string>,
): Promise<Holder> {
  const isNeeded = id !== '' && (artifacts.isLocal(source) || namesHost(source) || isProxyUri(source));
  try {
    return { parameter, artifactUri: isNeeded ? await read() : undefined };
  } catch (error) {
    throw MlflowError.is(error, 'RESOURCE_DOES_NOT_EXIST') ? isNotIn(source, parameter) : error;
  }
}

/** Whether the source is a place that the holder has; false where its scheme has to say more. */
async function isDecidedByPlace(
  source: string,
  { parameter, artifactUri }: Holder,
  { artifacts }: RouteContext,
): Promise<boolean> {
  if (artifacts.isLocal(source)) {
    if (artifactUri === undefined || !(await artifacts.holds(artifactUri, source))) {
      throw isNoLocalSource(source, parameter);
    }
    return true;
  }
  const isHeld = artifactUri !== undefined && isUriWithin(artifactUri, source);
  if (namesHost(source) && !isHeld) {
    throw invalidParameter(
      `'source' cannot use the '${uriParts(source).scheme}' scheme: it names a host that this store does not ` +
        'keep artifacts at.',
    );
  }
  if (!hasPlainPath(source)) {
    throw invalidParameter(
      `Invalid model version source: '${source}'. If supplying a source as an http, https, local file path, ` +
        'ftp, objectstore, or mlflow-artifacts uri, an absolute path must be provided without relative path ' +
        'references present. Please provide an absolute path.',
    );
  }
  if (isProxyUri(source) && !isHeld) {
    throw isNotIn(source, parameter);
  }
  return isHeld;
}

/** `mlflow-artifacts:/path` is at the server itself. */
function namesHost(source: string): boolean {
  const { scheme, authority } = uriParts(source);
  return HOST_SCHEMES.includes(scheme) && (scheme !== 'mlflow-artifacts' || authority !== '');
}

function isNotIn(source: string, parameter: Holder['parameter']): MlflowError {
  return invalidParameter(
    `Invalid model version source: '${source}'. The ${parameter} request parameter must identify the resource ` +
      'that contains the source.',
  );
}

function isNoLocalSource(source: string, parameter: Holder['parameter']): MlflowError {
  return invalidParameter(
    `Invalid model version source: '${source}'. To use a local path as a model version source, the ${parameter} ` +
      'request parameter has to be specified and the local path has to be contained within the artifact ' +
      `directory of the run specified by the ${parameter}.`,
  );
}
