import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pace } from '../../../src/core/explorer/pace.js';

describe('Pace', () => {
  /** When the work was begun, on the clock of the test. */
  let begun: number[];
  let takes: number;
  let pace: Pace;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    [begun, takes] = [[], 0];
    const started = performance.now();
    const work = async (): Promise<void> => {
      begun.push(performance.now() - started);
      await new Promise((resolve) => setTimeout(resolve, takes));
    };
    pace = new Pace(work, { soon: 30, pause: 300 });
  });
  afterEach(() => {
    pace.dispose();
    vi.useRealTimers();
  });

  it('works soon after the first request, once for all that come until then', async () => {
    for (let request = 0; request < 5; request += 1) pace.request();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(begun).toEqual([30]);
  });

  it('pauses between, however often it is asked', async () => {
    for (let at = 0; at < 1_000; at += 10) {
      pace.request();
      await vi.advanceTimersByTimeAsync(10);
    }
    // Timers are of whole milliseconds, and late rather than early.
    expect(begun.map((at) => Math.round(at / 10) * 10)).toEqual([30, 330, 630, 930]);
  });

  it('works again when it was asked while it worked, and rests the longer the longer that took', async () => {
    takes = 200;
    pace.request();
    await vi.advanceTimersByTimeAsync(100);
    pace.request();
    await vi.advanceTimersByTimeAsync(700);
    expect(begun).toEqual([30]);
    await vi.advanceTimersByTimeAsync(100);
    expect(begun).toEqual([30, 830]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(begun).toHaveLength(2);
  });

  it('works soon again after a long silence', async () => {
    pace.request();
    await vi.advanceTimersByTimeAsync(10_000);
    pace.request();
    await vi.advanceTimersByTimeAsync(30);
    expect(begun).toEqual([30, 10_030]);
  });

  it('does nothing once it is disposed', async () => {
    pace.request();
    pace.dispose();
    pace.request();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(begun).toEqual([]);
  });
});
