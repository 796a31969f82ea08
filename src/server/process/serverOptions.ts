import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What a server was started with. */
export interface ServerArguments {
  /** Path of the database; relative ones are below the working folder. */
  readonly store: string;
  /** 0 for the former one of this store, else any that is free. */
  readonly port: number;
  readonly stateDir?: string;
  readonly serveArtifacts: boolean;
  readonly artifactsDestination?: string;
  /** Of the schema that a new database gets: a release of MLflow or an Alembic revision. */
  readonly mlflowRelease?: string;
  readonly revision?: string;
  readonly approvedRoots: readonly string[];
  /** Whether the server ends by itself when nobody needs it. */
  readonly lease: boolean;
  readonly idleSeconds: number;
  readonly logLevel: LogLevel;
}

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'serve'; readonly arguments: ServerArguments }
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'wrong'; readonly message: string };

export const HELP = `Usage: mlflow-workbench-server --store PATH [options]

An MLflow tracking server over an SQLite database, on this machine only.

  --store PATH                  the database, such as ./mlflow.db; made by the first write
  --port N                      the port to listen at; the store's former one, or any free one, when absent
  --host NAME                   127.0.0.1 or localhost; nothing else is offered
  --state-dir DIR               where the server keeps its lock and address
  --serve-artifacts             keep the artifacts of new experiments behind this server (mlflow-artifacts:)
  --artifacts-destination DIR   where to keep those; mlartifacts beside the database when absent
  --mlflow-release VERSION      the MLflow release whose schema a new database gets
  --revision REVISION           the same by its Alembic revision
  --allow-artifact-root DIR     another folder that artifacts may be in; can be repeated
  --lease                       end when nobody has needed the server for two minutes
  --log-level LEVEL             ${LOG_LEVELS.join(', ')}; info when absent
  --help, --version

The first line on standard output is JSON and says where the server listens. Its address has a secret part: whoever
knows it can read and write the store.
`;

const OPTIONS = {
  store: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  'state-dir': { type: 'string' },
  'serve-artifacts': { type: 'boolean' },
  'artifacts-destination': { type: 'string' },
  'mlflow-release': { type: 'string' },
  revision: { type: 'string' },
  'allow-artifact-root': { type: 'string', multiple: true },
  lease: { type: 'boolean' },
  'idle-seconds': { type: 'string' },
  'log-level': { type: 'string' },
  help: { type: 'boolean' },
  version: { type: 'boolean' },
} as const;

const IDLE_SECONDS = 120;

/** @param args without the program's own name */
export function parseCommand(args: readonly string[]): Command {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS, strict: true });
    if (values.help) {
      return { kind: 'help' };
    }
    return values.version ? { kind: 'version' } : { kind: 'serve', arguments: checked(values) };
  } catch (error) {
    return { kind: 'wrong', message: error instanceof Error ? error.message : String(error) };
  }
}

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

function checked(values: Values): ServerArguments {
  if (!values.store) {
    throw new Error('--store is missing. See --help.');
  }
  if (values.host !== undefined && values.host !== '127.0.0.1' && values.host !== 'localhost') {
    throw new Error('--host can be 127.0.0.1 or localhost only: this server is for one machine.');
  }
  if (values['artifacts-destination'] !== undefined && !values['serve-artifacts']) {
    throw new Error('--artifacts-destination needs --serve-artifacts.');
  }
  return {
    store: resolve(values.store),
    port: numberOf('--port', values.port ?? '0', 65_535),
    serveArtifacts: values['serve-artifacts'] ?? false,
    approvedRoots: (values['allow-artifact-root'] ?? []).map((folder) => resolve(folder)),
    lease: values.lease ?? false,
    idleSeconds: numberOf('--idle-seconds', values['idle-seconds'] ?? String(IDLE_SECONDS), 86_400),
    logLevel: levelOf(values['log-level'] ?? 'info'),
    ...(values['state-dir'] && { stateDir: resolve(values['state-dir']) }),
    ...(values['artifacts-destination'] && {
      artifactsDestination: resolve(values['artifacts-destination']),
    }),
    ...(values['mlflow-release'] && { mlflowRelease: values['mlflow-release'] }),
    ...(values.revision && { revision: values.revision }),
  };
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
