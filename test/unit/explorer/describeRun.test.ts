import { describe, expect, it } from 'vitest';
import {
  metricDescription,
  metricKeys,
  runDescription,
  runDuration,
  shownMetric,
} from '../../../src/core/explorer/describeRun.js';
import type { RunInfo } from '../../../src/core/domain/run.js';
import { makeRun } from '../../support/runs.js';

const metric = (key: string, value: number) => ({ key, value, timestamp: 0, step: 9 });
const minute = 60_000;

describe('what stands beside a run', () => {
  const run = makeRun('a', { metrics: [metric('loss', 0.25), metric('acc', 0.93)], info: { startTime: 0 } });

  it('is the first metric by name and the age', () => {
    expect(runDescription(run, '', 5 * minute)).toBe('0.93 acc · 5m ago');
  });

  it('is the chosen metric where the run has it', () => {
    expect(runDescription(run, 'loss', 5 * minute)).toBe('0.25 loss · 5m ago');
    expect(runDescription(run, 'f1', 5 * minute)).toBe('5m ago');
  });

  it('shortens a long name', () => {
    const long = makeRun('b', { metrics: [metric('validation_accuracy', 0.933333)], info: { startTime: 0 } });
    expect(runDescription(long, '', minute)).toBe('0.9333 validation_ac… · 1m ago');
  });

  it('leaves out what is not known', () => {
    const info = Object.fromEntries(Object.entries(run.info).filter(([key]) => key !== 'startTime'));
    expect(runDescription({ ...run, info: info as unknown as RunInfo }, 'loss', 0)).toBe('0.25 loss');
  });

  it('writes a step beyond 2^53 exactly', () => {
    expect(metricDescription({ ...metric('loss', Number.NaN), step: 9007199254740993n })).toBe(
      'NaN (step 9007199254740993)',
    );
  });

  it('offers each metric key once, in order', () => {
    expect(metricKeys([run, run])).toEqual(['acc', 'loss']);
    expect(shownMetric(makeRun('b'), '')).toBeUndefined();
  });
});

describe('the duration of a run', () => {
  it('is from start to end, or to now while it runs', () => {
    const info = { startTime: 0, endTime: 2 * minute };
    expect(runDuration(makeRun('a', { info }), 9 * minute)).toBe('2m');
    expect(runDuration(makeRun('a', { info: { startTime: 0, status: 'RUNNING' } }), minute)).toBe('1m');
  });

  it('is unknown for a run that ended at an unknown time', () => {
    expect(runDuration(makeRun('a', { info: { startTime: 0, status: 'KILLED' } }), minute)).toBeUndefined();
  });
});
