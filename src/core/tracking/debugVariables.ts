import { noProxyForLoopback } from './noProxy.js';
import { TRACKING_URI_VARIABLE, type TrackingDecision } from './trackingDecision.js';

/** A debug configuration as far as it decides what the script's environment is. */
export interface DebugLaunch {
  readonly request?: unknown;
  readonly console?: unknown;
  readonly env?: unknown;
}

/**
 * The variables that a Python debug session lacks to log to the folder's store; none where the person's own
 * configuration says something. In the integrated terminal a script gets them as everything there does, and a
 * variable of the session would win over the person's shell profile. Attaching starts no script.
 * @param envFileUri what the session's own environment file says, entries of ours left out
 */
export function debugVariables(
  launch: DebugLaunch,
  decision: TrackingDecision | undefined,
  envFileUri: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const env: Readonly<Record<string, unknown>> = isRecord(launch.env) ? launch.env : {};
  const startsProcess = launch.console === 'internalConsole' || launch.console === 'externalTerminal';
  if (decision?.kind !== 'inject' || launch.request !== 'launch' || !startsProcess) {
    return {};
  }
  if (TRACKING_URI_VARIABLE in env || envFileUri) {
    return {};
  }
  const noProxy = noProxyForLoopback({ ...environment, ...stringsOf(env) });
  return {
    [TRACKING_URI_VARIABLE]: decision.uri,
    ...(noProxy === undefined ? {} : { no_proxy: noProxy, NO_PROXY: noProxy }),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function stringsOf(env: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
