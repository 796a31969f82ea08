import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { artifactRootOf, folderOf, storePathOf } from './locations.js';
import { LOG_LEVELS, type LogLevel } from './logLevels.js';

/** What a server was started with. */
export interface ServerArguments {
  /** Absolute path of the database. */
  readonly store: string;
  readonly readOnly: boolean;
  /** Whether a backup is made before the first write to a database that was not made here. */
  readonly backup: boolean;
  /** 0 for the former one of this store, else any that is free. */
  readonly port: number;
  /** Where the secret part of the address is kept instead of with the server's state. */
  readonly secretFile?: string;
  /** Whether the address has no secret part. */
  readonly noSecret: boolean;
  readonly stateDir?: string;
  /** Whether servers of other machines open the store too, also where its file system does not tell. */
  readonly shared: boolean;
  /** What this machine is called where other machines are told of it. */
  readonly hostName: string;
  /** Where new experiments keep their artifacts: an absolute path or a URI. */
  readonly artifactRoot?: string;
  readonly serveArtifacts: boolean;
  readonly artifactsDestination?: string;
  /** Of the schema that a new database gets: a release of MLflow or an Alembic revision. */
  readonly mlflowRelease?: string;
  readonly revision?: string;
  readonly approvedRoots: readonly string[];
  /** Whether the server ends by itself when nobody needs it. */
  readonly lease: boolean;
  readonly idleSeconds: number;
  /** How long to wait for another server of the store that is ending. */
  readonly waitSeconds: number;
  /** How long after the end of its process a run may still be ended by whoever started it. */
  readonly livenessGraceSeconds: number;
  readonly logLevel: LogLevel;
  /** Whether the announcement is JSON even where a person reads it. */
  readonly json: boolean;
}

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'serve'; readonly arguments: ServerArguments }
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'wrong'; readonly message: string };

const OPTIONS = {
  store: { type: 'string' },
  'backend-store-uri': { type: 'string' },
  'read-only': { type: 'boolean' },
  backup: { type: 'boolean' },
  'no-backup': { type: 'boolean' },
  port: { type: 'string', short: 'p' },
  host: { type: 'string' },
  'secret-file': { type: 'string' },
  'no-secret': { type: 'boolean' },
  'state-dir': { type: 'string' },
  artifacts: { type: 'string' },
  'default-artifact-root': { type: 'string' },
  'serve-artifacts': { type: 'boolean' },
  'artifacts-destination': { type: 'string' },
  'mlflow-release': { type: 'string' },
  revision: { type: 'string' },
  'allow-artifact-root': { type: 'string', multiple: true },
  shared: { type: 'boolean' },
  'host-name': { type: 'string' },
  lease: { type: 'boolean' },
  'idle-seconds': { type: 'string' },
  'wait-seconds': { type: 'string' },
  'liveness-grace-seconds': { type: 'string' },
  'log-level': { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
  version: { type: 'boolean' },
} as const;

const IDLE_SECONDS = 120;
const LIVENESS_GRACE_SECONDS = 10;

/** Says how long nobody may need a server that ends by itself, for those that are started without the option. */
export const IDLE_VARIABLE = 'MLFLOW_WORKBENCH_IDLE_SECONDS';

/** @param args without the program's own name */
export function parseCommand(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Command {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS, strict: true });
    if (values.help) {
      return { kind: 'help' };
    }
    return values.version ? { kind: 'version' } : { kind: 'serve', arguments: checked(values, env) };
  } catch (error) {
    return { kind: 'wrong', message: error instanceof Error ? error.message : String(error) };
  }
}

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

function checked(values: Values, env: NodeJS.ProcessEnv): ServerArguments {
  const store = oneOf(values, 'store', 'backend-store-uri');
  if (!store) {
    throw new Error('--store is missing. See --help.');
  }
  if (values.host !== undefined && values.host !== '127.0.0.1' && values.host !== 'localhost') {
    throw new Error('--host can be 127.0.0.1 or localhost only: this server is for one machine.');
  }
  if (values['secret-file'] && values['no-secret']) {
    throw new Error('--secret-file and --no-secret exclude each other.');
  }
  if (values.backup && values['no-backup']) {
    throw new Error('--backup and --no-backup exclude each other.');
  }
  return {
    store: storePathOf(store),
    readOnly: values['read-only'] ?? false,
    backup: !values['no-backup'],
    port: numberOf('--port', values.port ?? '0', 65_535),
    noSecret: values['no-secret'] ?? false,
    ...artifactArguments(values),
    ...lifeArguments(values, env),
    shared: values.shared ?? false,
    hostName: values['host-name'] ?? hostname(),
    livenessGraceSeconds: numberOf(
      '--liveness-grace-seconds',
      values['liveness-grace-seconds'] ?? String(LIVENESS_GRACE_SECONDS),
      86_400,
    ),
    logLevel: levelOf(values['log-level'] ?? 'info'),
    json: values.json ?? false,
    ...(values['secret-file'] && { secretFile: resolve(values['secret-file']) }),
    ...(values['state-dir'] && { stateDir: resolve(values['state-dir']) }),
    ...(values['mlflow-release'] && { mlflowRelease: values['mlflow-release'] }),
    ...(values.revision && { revision: values.revision }),
  };
}

/** How long the server lives, and how long it waits to begin. */
function lifeArguments(values: Values, env: NodeJS.ProcessEnv) {
  const idle = values['idle-seconds'] ?? env[IDLE_VARIABLE] ?? String(IDLE_SECONDS);
  return {
    lease: values.lease ?? false,
    idleSeconds: numberOf('--idle-seconds', idle, 86_400),
    waitSeconds: numberOf('--wait-seconds', values['wait-seconds'] ?? '0', 600),
  };
}

/** As in MLflow, a place for served artifacts means that they are served. */
function artifactArguments(values: Values) {
  const root = oneOf(values, 'artifacts', 'default-artifact-root');
  const destination = values['artifacts-destination'];
  return {
    serveArtifacts: values['serve-artifacts'] ?? destination !== undefined,
    approvedRoots: (values['allow-artifact-root'] ?? []).map((folder) => resolve(folder)),
    ...(root && { artifactRoot: artifactRootOf(root) }),
    ...(destination && { artifactsDestination: folderOf('--artifacts-destination', destination) }),
  };
}

/** The value of an option that has a second name. */
function oneOf<Name extends keyof Values, Alias extends keyof Values>(
  values: Values,
  name: Name,
  alias: Alias,
): Values[Name] | Values[Alias] {
  if (values[name] !== undefined && values[alias] !== undefined) {
    throw new Error(`--${name} and --${alias} are the same option.`);
  }
  return values[name] ?? values[alias];
}

function numberOf(name: string, text: string, most: number): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (!(value <= most)) {
    throw new Error(`${name} must be a number up to ${most}.`);
  }
  return value;
}

function levelOf(text: string): LogLevel {
  const level = LOG_LEVELS.find((known) => known === text);
  if (level === undefined) {
    throw new Error(`--log-level must be one of ${LOG_LEVELS.join(', ')}.`);
  }
  return level;
}
