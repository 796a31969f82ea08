import { describe, expect, it } from 'vitest';
import { ANY_CHANGE, NO_CHANGE } from '../../../src/core/domain/changes.js';
import type { RunLiveness, RunProcess } from '../../../src/core/domain/runLiveness.js';
import { nextSilence, stalenessOf } from '../../../src/core/tracking/staleRuns.js';
import { StaleRunSet } from '../../../src/core/tracking/staleRunSet.js';

const HOUR = 3_600_000;
const LAST = 1_700_000_000_000;

const run = (process: RunProcess, runId = 'a', lastActivity: number | undefined = LAST): RunLiveness => ({
  runId,
  experimentId: '1',
  process,
  ...(lastActivity > 0 && { lastActivity }),
});
const alive = run({ kind: 'alive' });
const unknown = run({ kind: 'unknown' });
const gone = run({ kind: 'gone', endedAt: LAST + 5 });

describe('a run that is RUNNING', () => {
  it('is stale at once when its process has ended, since then', () => {
    expect(stalenessOf(gone, LAST + 10, HOUR)).toEqual({ kind: 'gone', since: LAST + 5 });
    expect(stalenessOf(gone, LAST + 10, 0)).toEqual({ kind: 'gone', since: LAST + 5 });
  });

  it('is never stale while its process lives, however silent it is', () => {
    expect(stalenessOf(alive, LAST + 1_000 * HOUR, HOUR)).toBeUndefined();
  });

  it('of which nothing is known is stale after the silence that the setting says', () => {
    expect(stalenessOf(unknown, LAST + HOUR - 1, HOUR)).toBeUndefined();
    expect(stalenessOf(unknown, LAST + HOUR, HOUR)).toEqual({ kind: 'silent', since: LAST });
  });

  it('is not stale by silence where the setting says never, or no sign has a time', () => {
    expect(stalenessOf(unknown, LAST + 1_000 * HOUR, 0)).toBeUndefined();
    expect(stalenessOf(run({ kind: 'unknown' }, 'a', 0), LAST, HOUR)).toBeUndefined();
  });
});

it('the next silence is the earliest that is still to come, of runs of which nothing is known', () => {
  const later = run({ kind: 'unknown' }, 'b', LAST + 7);
  expect(nextSilence([later, unknown, alive, gone], LAST, HOUR)).toBe(LAST + HOUR);
  expect(nextSilence([later, unknown], LAST + HOUR, HOUR)).toBe(LAST + 7 + HOUR);
  expect(nextSilence([later, unknown], LAST + 2 * HOUR, HOUR)).toBeUndefined();
  expect(nextSilence([alive, gone], LAST, HOUR)).toBeUndefined();
  expect(nextSilence([unknown], LAST, 0)).toBeUndefined();
});

describe('the stale runs of a store', () => {
  it('tells which have become stale, are it for another reason, or are it no more', () => {
    const set = new StaleRunSet();
    expect(set.update([alive, run({ kind: 'unknown' }, 'b')], LAST, HOUR)).toEqual([]);
    const silent = { runId: 'b', experimentId: '1', kind: 'silent', since: LAST };
    expect(set.update([alive, run({ kind: 'unknown' }, 'b')], LAST + HOUR, HOUR)).toEqual([silent]);
    expect(set.update([alive, run({ kind: 'unknown' }, 'b')], LAST + HOUR + 1, HOUR)).toEqual([]);
    const ended = { runId: 'b', experimentId: '1', kind: 'gone', since: LAST + 9 };
    const both = [gone, run({ kind: 'gone', endedAt: LAST + 9 }, 'b')];
    expect(set.update(both, LAST + HOUR, HOUR)).toHaveLength(2);
    expect(set.get('b')).toEqual(ended);
    expect(set.update([gone], LAST + HOUR, HOUR)).toEqual([ended]);
    expect(set.all().map(({ runId }) => runId)).toEqual(['a']);
  });

  it('is to be asked again when processes changed, and when one of its own was heard of', () => {
    const set = new StaleRunSet();
    set.update([gone], LAST + 10, HOUR);
    const touched = (runId: string) => ({ ...NO_CHANGE, runs: [{ runId, experimentId: '1' }] });
    expect(set.isConcernedBy({ ...NO_CHANGE, liveness: true })).toBe(true);
    expect(set.isConcernedBy(ANY_CHANGE)).toBe(true);
    expect(set.isConcernedBy(touched('a'))).toBe(true);
    expect(set.isConcernedBy(touched('b'))).toBe(false);
  });
});
