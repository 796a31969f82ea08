import { isWorkbenchUri } from './displayUri.js';
import type { TrackingDecision } from './trackingDecision.js';

/** Where a script can be started. */
export const PLACES = [
  'terminal',
  'task',
  'debugTerminal',
  'debugConsole',
  'notebook',
  'test',
  'outside',
] as const;
export type PlaceKind = (typeof PLACES)[number];

/** What MLflow does by itself where nothing names a tracking URI: it depends on its release. */
export type MlflowDefault =
  /** `mlflow.db` in the folder that the script starts in, since 3.7. */
  | 'database'
  /** `mlruns` in that folder, before, and where there are runs in it already. */
  | 'files'
  | 'unknown';

/** Who says which tracking URI is in force in a place. */
export type Origin =
  /** This extension gives it to the process. */
  | { readonly kind: 'injected' }
  | { readonly kind: 'environment' }
  | { readonly kind: 'terminalSetting'; readonly setting: string }
  /** The variables of a task in `tasks.json`, for that task. */
  | { readonly kind: 'tasks' }
  /** An environment file; `ours` where it is an entry that this extension wrote. */
  | {
      readonly kind: 'envFile';
      readonly path: string;
      readonly ours: boolean;
      readonly readBy: EnvFileReader;
    }
  | { readonly kind: 'default'; readonly default: MlflowDefault };

/** Whether VS Code's extensions read the file for the process, or only a script that does so itself. */
export type EnvFileReader = 'vscode' | 'script';

/** Where the runs of a place go: to the folder's store, there under a condition, or to somewhere else. */
export type PlaceStanding = 'here' | 'depends' | 'elsewhere';

export interface Place {
  readonly kind: PlaceKind;
  /** Undefined where nothing names one. */
  readonly uri: string | undefined;
  readonly origin: Origin;
  readonly standing: PlaceStanding;
}

/** What an environment file gives to whoever reads it. */
export interface EnvFileFact {
  readonly path: string;
  readonly uri: string;
  readonly ours: boolean;
}

export interface PlaceFacts {
  readonly decision: TrackingDecision;
  readonly environmentUri: string | undefined;
  /** What the terminal's setting sets; empty where it takes the variable away. */
  readonly terminalSetting: { readonly name: string; readonly uri: string } | undefined;
  /** What some task of the folder sets for itself. */
  readonly taskUri: string | undefined;
  /** The file that the Python and Jupyter extensions read (`python.envFile`), where it names a URI. */
  readonly pythonEnvFile: EnvFileFact | undefined;
  /** The file that python-dotenv finds. */
  readonly dotEnv: EnvFileFact | undefined;
  /** The setting by which terminals get the variables of the file too. */
  readonly terminalsReadEnvFile: boolean;
  /** The release of `mlflow` in the folder's Python, where it is known. */
  readonly release: string | undefined;
  /** Whether the folder has runs in MLflow's older file store. */
  readonly holdsFileStore: boolean;
  /** The folder's own database, as MLflow opens it without a server. */
  readonly storeUri: string | undefined;
}

/** Which tracking URI is in force in each place of a folder, and why. */
export function placesOf(facts: PlaceFacts): Place[] {
  return PLACES.map((kind) => ({ kind, ...inForce(kind, facts) }));
}

type InForce = Omit<Place, 'kind'>;

function inForce(kind: PlaceKind, facts: PlaceFacts): InForce {
  switch (kind) {
    case 'terminal':
      return inTerminal(facts);
    case 'task':
      return facts.taskUri
        ? { uri: facts.taskUri, origin: { kind: 'tasks' }, standing: 'depends' }
        : inTerminal(facts);
    case 'debugTerminal':
      // The debugger reads the file itself and sets its variables over those of the terminal.
      return fromEnvFile(facts.pythonEnvFile, facts) ?? inTerminal(facts);
    case 'debugConsole':
      return injected(facts) ?? inExtensionHost(facts);
    case 'notebook':
    case 'test':
      return inExtensionHost(facts);
    case 'outside':
      return fromEnvFile(facts.dotEnv, facts, 'script') ?? byDefault(facts);
  }
}

function inTerminal(facts: PlaceFacts): InForce {
  const fromFile = facts.terminalsReadEnvFile ? fromEnvFile(facts.pythonEnvFile, facts) : undefined;
  return (
    fromFile ??
    fromTerminalSetting(facts) ??
    fromEnvironment(facts) ??
    injected(facts) ??
    fromEnvFile(facts.dotEnv ?? facts.pythonEnvFile, facts, 'script') ??
    byDefault(facts)
  );
}

/** Started by an extension: with the environment of the extension host, and the file's variables over it. */
function inExtensionHost(facts: PlaceFacts): InForce {
  return fromEnvFile(facts.pythonEnvFile, facts) ?? fromEnvironment(facts) ?? byDefault(facts);
}

function injected({ decision }: PlaceFacts): InForce | undefined {
  return decision.kind === 'inject'
    ? { uri: decision.uri, origin: { kind: 'injected' }, standing: 'here' }
    : undefined;
}

function fromTerminalSetting(facts: PlaceFacts): InForce | undefined {
  const { terminalSetting } = facts;
  if (terminalSetting === undefined) {
    return undefined;
  }
  const { name: setting, uri } = terminalSetting;
  const standing = uri === '' ? byDefault(facts).standing : standingOf(uri, facts);
  return { uri: uri || undefined, origin: { kind: 'terminalSetting', setting }, standing };
}

function fromEnvironment(facts: PlaceFacts): InForce | undefined {
  const uri = facts.environmentUri;
  return uri ? { uri, origin: { kind: 'environment' }, standing: standingOf(uri, facts) } : undefined;
}

function fromEnvFile(
  file: EnvFileFact | undefined,
  facts: PlaceFacts,
  readBy: EnvFileReader = 'vscode',
): InForce | undefined {
  if (!file?.uri) {
    return undefined;
  }
  const { path, uri, ours } = file;
  const reached = ours ? 'here' : standingOf(uri, facts);
  return {
    uri,
    origin: { kind: 'envFile', path, ours, readBy },
    standing: readBy === 'script' ? 'depends' : reached,
  };
}

function standingOf(uri: string, { storeUri, decision }: PlaceFacts): PlaceStanding {
  const server = decision.kind === 'inject' && decision.uri === uri;
  return uri === storeUri || server ? 'here' : isWorkbenchUri(uri) ? 'depends' : 'elsewhere';
}

function byDefault({ release, holdsFileStore }: PlaceFacts): InForce {
  const given = defaultOf(release, holdsFileStore);
  return {
    uri: undefined,
    origin: { kind: 'default', default: given },
    standing: given === 'files' ? 'elsewhere' : 'depends',
  };
}

function defaultOf(release: string | undefined, holdsFileStore: boolean): MlflowDefault {
  const [major, minor] = (release ?? '').split('.').map(Number);
  if (major === undefined || minor === undefined || Number.isNaN(major + minor)) {
    return 'unknown';
  }
  const database = (major > 3 || (major === 3 && minor >= 7)) && !holdsFileStore;
  return database ? 'database' : 'files';
}
