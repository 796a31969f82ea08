import type { FromRunPage, RunPageState } from '../../src/protocol/runPage.js';
import { pageApi, type PageApi } from '../shared/api.js';

/** All that the page says to the extension, by name. */

// Asked for when first needed, so that a module which only mentions a message needs no VS Code.
const api = (): PageApi<FromRunPage, RunPageState> => pageApi();

/** The page listens: it wants everything that it shows. */
export function sendReady(): void {
  api().send({ type: 'ready' });
}

/** Asks for what is in a folder of artifacts; '' is the root. */
export function listArtifacts(path: string): void {
  api().send({ type: 'listArtifacts', path });
}

export function openArtifact(path: string): void {
  api().send({ type: 'openArtifact', path });
}

export function openRun(runId: string): void {
  api().send({ type: 'openRun', runId });
}

export function openSource(): void {
  api().send({ type: 'openSource' });
}

/** Ends the run, which has not done so itself. */
export function endRun(status: 'FAILED' | 'KILLED'): void {
  api().send({ type: 'endRun', status });
}

export function copy(text: string): void {
  api().send({ type: 'copy', text });
}

export function restoreState(): Partial<RunPageState> | undefined {
  return api().restore();
}

export function keepState(state: RunPageState): void {
  api().keep(state);
}
