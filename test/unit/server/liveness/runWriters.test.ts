import { beforeEach, describe, expect, it } from 'vitest';
import type { KnownProcess } from '../../../../src/server/liveness/knownProcesses.js';
import { RunWriters, type WritingConnection } from '../../../../src/server/liveness/runWriters.js';

const GRACE = 100;

interface ChangingProcess extends KnownProcess {
  endedAt?: number;
}

const connection = (kind: 'python' | 'mlflow' = 'python'): WritingConnection => ({ kind, runs: new Set() });
const living = (pid: number): ChangingProcess => ({ id: { pid, startedAt: '1' }, seenAt: 0 });

describe('who writes to a run', () => {
  let writers: RunWriters;
  const kindAt = (now: number, runId = 'run'): string => writers.processOf(runId, now).kind;
  const write = (over: WritingConnection, now: number, runId = 'run'): void =>
    writers.wrote(runId, over.kind, over, now);

  beforeEach(() => {
    writers = new RunWriters(GRACE);
  });

  it('nothing is known of a run that nobody was seen writing to', () => {
    expect(writers.processOf('run', 0)).toEqual({ kind: 'unknown' });
  });

  it('an open connection is life, a closed one the end after a time of grace', () => {
    const only = connection();
    write(only, 0);
    expect(kindAt(1e12)).toBe('alive');
    writers.closed(only, true, 1_000);
    expect(kindAt(1_000 + GRACE - 1)).toBe('alive');
    expect(writers.processOf('run', 1_000 + GRACE)).toEqual({ kind: 'gone', endedAt: 1_000 });
  });

  it('a client that comes back is alive again', () => {
    const [first, second] = [connection(), connection()];
    write(first, 0);
    writers.closed(first, true, 10);
    write(second, 1_000);
    expect(kindAt(1_001)).toBe('alive');
    writers.closed(second, true, 2_000);
    expect(writers.processOf('run', 3_000)).toEqual({ kind: 'gone', endedAt: 2_000 });
  });

  it('a run of several processes lives as long as one of them', () => {
    const [first, second] = [connection(), connection()];
    write(first, 0);
    write(second, 0);
    writers.closed(first, true, 10);
    expect(kindAt(1e6)).toBe('alive');
    writers.closed(second, true, 1e6);
    expect(kindAt(2e6)).toBe('gone');
  });

  it('a connection that we have closed tells nothing, unless its process is known', () => {
    const [ours, known] = [connection(), connection()];
    write(ours, 0);
    writers.closed(ours, false, 10);
    expect(kindAt(1e6)).toBe('unknown');
    const process = living(7);
    write(known, 0, 'other');
    writers.identified(known, [process]);
    writers.closed(known, false, 10);
    expect(kindAt(1e6, 'other')).toBe('alive');
    process.endedAt = 1e6;
    expect(writers.processOf('other', 2e6)).toEqual({ kind: 'gone', endedAt: 1e6 });
  });

  it('the end of a connection of another language is that of its process only where that is known', () => {
    const java = connection('mlflow');
    write(java, 0);
    writers.closed(java, true, 10);
    expect(kindAt(1e6)).toBe('unknown');
  });

  it('a program of which nothing is known may be behind the run; this extension is not', () => {
    writers.wrote('by curl', 'other', undefined, 0);
    expect(kindAt(1e6, 'by curl')).toBe('unknown');
    const only = connection();
    write(only, 0);
    writers.wrote('run', 'workbench', undefined, 1);
    writers.closed(only, true, 10);
    expect(kindAt(1e6)).toBe('gone');
    writers.wrote('run', 'other', undefined, 11);
    expect(kindAt(1e6)).toBe('unknown');
  });

  it('a process that is found after its connection was closed counts', () => {
    const [only, process] = [connection(), living(7)];
    write(only, 0);
    writers.closed(only, true, 10);
    writers.identified(only, [process]);
    expect(kindAt(1e6)).toBe('alive');
  });

  it('a connection that a full pool may have left over is no end', () => {
    const pool = Array.from({ length: 10 }, () => connection());
    pool.forEach((each, index) => write(each, 0, `run ${index}`));
    const leftOver = connection();
    write(leftOver, 0);
    writers.closed(leftOver, true, 10);
    expect(kindAt(1e6)).toBe('unknown');
    pool.forEach((each) => writers.closed(each, true, 20));
    expect(kindAt(1e6)).toBe('gone');
  });

  it('of several that had the database open one is behind the run, nobody knows which', () => {
    const [first, second] = [living(1), living(2)];
    writers.wroteDirectly('run', [first, second], 0);
    expect(kindAt(1e6)).toBe('alive');
    first.endedAt = 1e6;
    expect(kindAt(1e6)).toBe('unknown');
    // It is seen writing long after the first one has ended.
    writers.wroteDirectly('run', [], 2e6);
    expect(kindAt(2e6)).toBe('alive');
    second.endedAt = 3e6;
    expect(writers.processOf('run', 4e6)).toEqual({ kind: 'gone', endedAt: 3e6 });
  });

  it('a write of a stranger straight into the database may be of somebody who lives', () => {
    writers.wroteDirectly('run', [], 0);
    expect(kindAt(1e6)).toBe('unknown');
    const process = living(1);
    writers.wroteDirectly('other', [process], 0);
    process.endedAt = 5;
    // Its last write is noticed after its end.
    writers.wroteDirectly('other', [], 10);
    expect(kindAt(1e6, 'other')).toBe('gone');
    writers.wroteDirectly('other', undefined, 20);
    expect(kindAt(1e6, 'other')).toBe('unknown');
  });

  it('forgets runs that have ended, and then needs their connections no more', () => {
    const only = connection();
    write(only, 0);
    expect(writers.isNeeded(only)).toBe(true);
    writers.retain(new Set(['run']), 1e6);
    expect(writers.isNeeded(only)).toBe(true);
    writers.retain(new Set(), 1e6);
    expect(writers.isNeeded(only)).toBe(false);
    expect(kindAt(1e6)).toBe('unknown');
  });

  it('keeps a run that was made after the running ones were read', () => {
    const only = connection();
    write(only, 1_000);
    writers.retain(new Set(), 1_000 + GRACE / 2);
    expect(kindAt(1_001)).toBe('alive');
  });
});
