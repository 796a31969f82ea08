import { get, post, type Exchange } from '../exchange.js';

const FOLDER = '<folder>/mlruns/<exp>';
const ARTIFACTS = `${FOLDER}/<run>/artifacts`;

function create(
  name: string,
  values: Readonly<Record<string, unknown>>,
  extra?: Parameters<typeof post>[3],
): Exchange {
  return post(name, 'model-versions/create', { name: 'sourced', ...values }, extra);
}

/** What may be named as the source of a version, and what may not, as it would open other people's files. */
export const MODEL_SOURCES: readonly Exchange[] = [
  post('a model', 'registered-models/create', { name: 'sourced' }),
  post(
    'a logged model',
    'logged-models',
    { experiment_id: '<exp>', name: 'logged', source_run_id: '<run>' },
    { keep: { logged: ['model', 'info', 'model_id'] } },
  ),
  create('artifacts of a run', { source: ARTIFACTS, run_id: '<run>' }),
  create('artifacts of a run by a URI', { source: `file://${ARTIFACTS}/sub`, run_id: '<run>' }),
  create('artifacts of a run, roundabout', { source: `${ARTIFACTS}/./sub`, run_id: '<run>' }),
  create('artifacts of a run that is not named', { source: ARTIFACTS }),
  create('artifacts of a run that is not there', { source: ARTIFACTS, run_id: '0'.repeat(32) }),
  create(
    'a folder beside the run',
    { source: `${FOLDER}/<run>/artifacts2`, run_id: '<run>' },
    { compare: 'status' },
  ),
  create('the folder above', { source: `${ARTIFACTS}/..`, run_id: '<run>' }, { compare: 'status' }),
  create(
    'a folder above, encoded',
    { source: `${ARTIFACTS}/%2e%2e/x`, run_id: '<run>' },
    { compare: 'status' },
  ),
  create(
    'a folder above by a URI',
    { source: `file://${ARTIFACTS}/../..`, run_id: '<run>' },
    { compare: 'status' },
  ),
  create('a file of the system', { source: '/etc', run_id: '<run>' }),
  create('a file of the system by a URI', { source: 'file:///etc' }),
  create('a relative path', { source: 'mlruns', run_id: '<run>' }, { compare: 'status' }),
  create(
    'a file of another machine',
    { source: 'file://elsewhere/etc', run_id: '<run>' },
    { compare: { ours: 400, because: 'callers-error' } },
  ),
  create('a URI of a run', { source: 'runs:/<run>/model', run_id: '<run>' }),
  create('a URI of a run that is not named', { source: 'runs:/<run>/model' }),
  create('a URI of another run', { source: 'runs:/<run>/model', run_id: '0'.repeat(32) }),
  create('a URI of a run with a host', { source: 'runs://host/<run>/model', run_id: '<run>' }),
  create('a URI of a run, upwards', { source: 'runs:/<run>/../model', run_id: '<run>' }),
  create('a URI of a run, upwards, encoded twice', {
    source: 'runs:/<run>/%252e%252e/model',
    run_id: '<run>',
  }),
  create('a URI of no run', { source: 'runs:/', run_id: '<run>' }),
  create('storage elsewhere', { source: 's3://bucket/a%20b/c' }),
  create('storage elsewhere, upwards', { source: 's3://bucket/a/../c' }),
  create('storage elsewhere without a path', { source: 's3://bucket' }),
  create('storage elsewhere with a NUL', { source: 's3://bucket/a%00' }, { compare: 'status' }),
  create('another web server', { source: 'https://example.org/model' }, { compare: 'status' }),
  create('another FTP server', { source: 'ftp://example.org/model' }, { compare: 'status' }),
  create('the artifact proxy', { source: 'mlflow-artifacts:/a/b' }),
  create('the artifact proxy for a run', { source: 'mlflow-artifacts:/a/b', run_id: '<run>' }),
  create('the artifact proxy of a host', { source: 'mlflow-artifacts://host/a' }, { compare: 'status' }),
  create('a logged model', { source: 'models:/<logged>', model_id: '<logged>' }),
  create('it again', { source: 'models:/<logged>', model_id: '<logged>', run_id: '<run>' }),
  get('which tells of its versions', 'logged-models/<logged>'),
  create('a logged model that is not named', { source: 'models:/<logged>' }),
  create('another logged model', { source: 'models:/<logged>', model_id: 'm-other' }),
  create(
    'a logged model that is not there',
    { source: 'models:/m-other', model_id: 'm-other' },
    { compare: { ours: 404, because: 'missing-is-404' } },
  ),
  create('a logged model with a host', { source: 'models://host/<logged>', model_id: '<logged>' }),
  create('artifacts of a logged model', {
    source: `${FOLDER}/models/<logged>/artifacts`,
    model_id: '<logged>',
  }),
  create('artifacts of a model that is not there', { source: `${FOLDER}/models/x`, model_id: 'm-x' }),
  create('artifacts that the model does not hold', { source: ARTIFACTS, model_id: '<logged>' }),
  create('a URI of a run for a model', {
    source: 'runs:/<run>/model',
    model_id: '<logged>',
    run_id: '<run>',
  }),
  create('another version', { source: 'models:/sourced/1' }),
  create('another version with another run', { source: 'models:/sourced/1', run_id: 'x' }),
  create('another version with a model', { source: 'models:/sourced/1', model_id: '<logged>' }),
  create('the latest version', { source: 'models:/sourced/latest' }),
  post('an alias', 'registered-models/alias', { name: 'sourced', alias: 'best', version: '1' }),
  create('a version by its alias', { source: 'models:/sourced@best' }),
  create('a version by an alias that is none', { source: 'models:/sourced@worst' }),
  create('a version by its stage', { source: 'models:/sourced/None' }),
  create('a version by a stage that is none', { source: 'models:/sourced/Best' }),
  create(
    'a version by a stage that none is at',
    { source: 'models:/sourced/Archived' },
    { compare: { ours: 404, because: 'missing-is-404' } },
  ),
  create('a version that is not there', { source: 'models:/sourced/99' }),
  create('a version of what is not there', { source: 'models:/nothing/1' }),
  create('no proper URI', { source: 'models:/a/b/c' }),
  create('a version of a prompt', { source: 'models:/p1/1' }),
  create('a prompt', {
    name: 'p1',
    source: 'dummy-source',
    tags: [{ key: 'mlflow.prompt.is_prompt', value: 'true' }],
  }),
  create('a prompt by its store', {
    name: 'p1',
    source: 'prompt-template',
    tags: [{ key: 'mlflow.prompt.is_prompt', value: 'TRUE' }],
  }),
  create('a prompt from a file', {
    source: '/etc',
    tags: [{ key: 'mlflow.prompt.is_prompt', value: 'true' }],
  }),
  create('no prompt', { source: 'dummy-source', tags: [{ key: 'mlflow.prompt.is_prompt', value: 'false' }] }),
  get('where the first is', 'model-versions/get-download-uri?name=sourced&version=1'),
  get('a file of the first', '/model-versions/get-artifact?name=sourced&version=1&path=a.txt'),
  get('a file in a folder of it', '/model-versions/get-artifact?name=sourced&version=1&path=sub/b.txt'),
  get('a file of the second', '/model-versions/get-artifact?name=sourced&version=2&path=b.txt'),
  get('a file above', '/model-versions/get-artifact?name=sourced&version=2&path=../a.txt'),
  get('a file above, encoded', '/model-versions/get-artifact?name=sourced&version=2&path=%252e%252e/a.txt'),
  get('a file by its place', '/model-versions/get-artifact?name=sourced&version=1&path=/etc/hostname'),
  get('a file that is not there', '/model-versions/get-artifact?name=sourced&version=1&path=nothing', {
    compare: 'status',
  }),
  get('no file', '/model-versions/get-artifact?name=sourced&version=1', { compare: 'status' }),
  get(
    'a file of a version that is not there',
    '/model-versions/get-artifact?name=sourced&version=99&path=a.txt',
  ),
  get('a file of no model', '/model-versions/get-artifact?version=1&path=a.txt'),
];
