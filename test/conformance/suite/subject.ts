import { afterAll, beforeAll, expect } from 'vitest';
import { type ErrorCode, MlflowError } from '../../../src/core/base/errors.js';
import type { Run } from '../../../src/core/domain/run.js';
import type { MlflowStore } from '../../../src/core/stores/mlflowStore.js';
import type { CreateRun } from '../../../src/core/stores/trackingStore.js';

/** A store under test, new and empty. */
export interface Subject {
  readonly store: MlflowStore;
  close(): Promise<void>;
}

/** Makes a new, empty store. */
export type OpenSubject = () => Promise<Subject>;

/** One store for all tests of the surrounding `describe`, opened before and closed after them. */
export function useStore(open: OpenSubject): () => MlflowStore {
  let subject: Subject | undefined;
  beforeAll(async () => {
    subject = await open();
  });
  afterAll(async () => {
    await subject?.close();
  });
  return () => {
    if (subject === undefined) {
      throw new Error('the store is not open yet');
    }
    return subject.store;
  };
}

let counter = 0;

/** A name that no other test uses. */
export function freshName(prefix = 'experiment'): string {
  counter += 1;
  return `${prefix}-${counter}`;
}

/** Makes an experiment of its own for a test. */
export function freshExperiment(store: MlflowStore): Promise<string> {
  return store.createExperiment({ name: freshName(), tags: [] });
}

/** Makes a run, in an experiment of its own where none is named. */
export async function freshRun(store: MlflowStore, request: Partial<CreateRun> = {}): Promise<Run> {
  const experimentId = request.experimentId ?? (await freshExperiment(store));
  return store.createRun({ userId: 'ada', startTime: 1_700_000_000_000, tags: [], ...request, experimentId });
}

/** The id of a new run. */
export async function freshRunId(store: MlflowStore, request: Partial<CreateRun> = {}): Promise<string> {
  return (await freshRun(store, request)).info.runId;
}

/** Expects that something fails with an error of MLflow's. */
export async function expectError(
  promise: Promise<unknown>,
  code: ErrorCode,
  message?: string | RegExp,
): Promise<void> {
  const outcome = await promise.then(
    () => 'no error',
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(MlflowError);
  const error = outcome as MlflowError;
  expect(error.code, error.message).toBe(code);
  if (message !== undefined) {
    expect(error.message).toMatch(message);
  }
}

/** Tags, params or the like as an object. */
export function asRecord(
  entries: readonly { readonly key: string; readonly value: string }[],
): Record<string, string> {
  return Object.fromEntries(entries.map(({ key, value }) => [key, value]));
}
