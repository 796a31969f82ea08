import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { countByStatus, Gathering, isWorthTelling, runEndChoice } from '../../../src/core/runs/runEnds.js';
import { makeRun } from '../../support/runs.js';

const never = (): boolean => false;
const finished = makeRun('a');
const failed = makeRun('b', { info: { status: 'FAILED' } });
const killed = makeRun('c', { info: { status: 'KILLED' } });

describe('isWorthTelling', () => {
  it('goes by the setting', () => {
    const told = (choice: string) =>
      [finished, failed, killed].filter((run) => isWorthTelling(run, runEndChoice(choice), never));
    expect(told('off')).toEqual([]);
    expect(told('failed')).toEqual([failed]);
    expect(told('all')).toEqual([finished, failed, killed]);
    expect(told('what else')).toEqual([]);
  });

  it('leaves runs of a sweep that finish to the sweep', () => {
    const isRunning = (runId: string): boolean => runId === 'sweep';
    const child = makeRun('d', { parent: 'sweep' });
    expect(isWorthTelling(child, 'all', isRunning)).toBe(false);
    expect(isWorthTelling(child, 'all', never)).toBe(true);
    const broken = makeRun('e', { parent: 'sweep', info: { status: 'FAILED' } });
    expect(isWorthTelling(broken, 'failed', isRunning)).toBe(true);
  });
});

describe('countByStatus', () => {
  it('counts', () => {
    expect(countByStatus([finished, finished, failed])).toMatchObject({ FINISHED: 2, FAILED: 1, KILLED: 0 });
  });
});

describe('Gathering', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  const gathering = () => {
    const bursts: (readonly number[])[] = [];
    const times = { quiet: 100, longest: 300, apart: 1_000 };
    return { bursts, gathering: new Gathering<number>((items) => bursts.push(items), times) };
  };

  it('hands over once nothing more has come for a while', () => {
    const { bursts, gathering: subject } = gathering();
    subject.add([1, 2]);
    vi.advanceTimersByTime(90);
    subject.add([3]);
    vi.advanceTimersByTime(90);
    expect(bursts).toEqual([]);
    vi.advanceTimersByTime(20);
    expect(bursts).toEqual([[1, 2, 3]]);
  });

  it('lets nobody wait for ever', () => {
    const { bursts, gathering: subject } = gathering();
    for (let item = 0; item < 8; item += 1) {
      subject.add([item]);
      vi.advanceTimersByTime(50);
    }
    expect(bursts).toEqual([[0, 1, 2, 3, 4, 5]]);
  });

  it('keeps hand-overs apart, and nothing is lost', () => {
    const { bursts, gathering: subject } = gathering();
    subject.add([1]);
    vi.advanceTimersByTime(100);
    subject.add([2]);
    vi.advanceTimersByTime(500);
    subject.add([3]);
    expect(bursts).toEqual([[1]]);
    vi.advanceTimersByTime(600);
    expect(bursts).toEqual([[1], [2, 3]]);
  });

  it('is still after it was disposed of', () => {
    const { bursts, gathering: subject } = gathering();
    subject.add([]);
    subject.add([1]);
    subject.dispose();
    vi.advanceTimersByTime(5_000);
    expect(bursts).toEqual([]);
  });
});
