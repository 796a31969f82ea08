import { get, type Exchange } from '../exchange.js';

/** A backslash is a letter where MLflow's server runs here; ours refuses it on every system. */
const BACKSLASH = {
  compare: { ours: 400, because: 'path-backslash' },
} as const;

const refused = ['../x', '/etc/passwd', '%2e%2e/x', 'a/%252e%252e/x', 'C:/x', 'a#b', 'file:///etc/passwd'];

/** Of the run that `<run>` names; `a.txt`, `sub/b.txt` and `empty.txt` have been put among its artifacts. */
export const ARTIFACTS: readonly Exchange[] = [
  get('list', 'artifacts/list?run_id=<run>'),
  get('list a folder', 'artifacts/list?run_id=<run>&path=sub'),
  get('list a file', 'artifacts/list?run_id=<run>&path=a.txt'),
  get('list what is not there', 'artifacts/list?run_id=<run>&path=nope'),
  get('list nothing', 'artifacts/list'),
  ...refused.map((path) =>
    get(`list ${path}`, `artifacts/list?run_id=<run>&path=${encodeURIComponent(path)}`),
  ),
  get('list a\\..\\x', 'artifacts/list?run_id=<run>&path=a%5C..%5Cx', BACKSLASH),
  get('read a\\..\\x', '/get-artifact?run_id=<run>&path=a%5C..%5Cx', BACKSLASH),
  get('read', '/get-artifact?run_id=<run>&path=sub/b.txt'),
  get('read by the old name', '/get-artifact?run_uuid=<run>&path=a.txt'),
  get('read what is not there', '/get-artifact?run_id=<run>&path=nope'),
  get('read a folder', '/get-artifact?run_id=<run>&path=sub'),
  get('read nothing', '/get-artifact?run_id=<run>', { compare: 'status' }),
  ...refused.map((path) =>
    get(`read ${path}`, `/get-artifact?run_id=<run>&path=${encodeURIComponent(path)}`),
  ),
];

export const SERVER: readonly Exchange[] = [
  get('health', '/health'),
  get('version', '/version'),
  get('the proxy without --serve-artifacts', '/api/2.0/mlflow-artifacts/artifacts/x', {
    compare: { ours: 404, because: 'proxy-always-on' },
  }),
];
