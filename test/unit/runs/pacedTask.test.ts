import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PacedTask } from '../../../src/core/base/pacedTask.js';

describe('PacedTask', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('works at once, then once an interval however often it is asked', async () => {
    let done = 0;
    const task = new PacedTask(() => Promise.resolve(void (done += 1)), 1_000);
    for (let at = 0; at < 49; at += 1) {
      task.request();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(done).toBe(5);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(done).toBe(6);
  });

  it('is never busy twice, and rests ten times as long as it worked', async () => {
    let [busy, most, done] = [0, 0, 0];
    const task = new PacedTask(async () => {
      busy += 1;
      most = Math.max(most, busy);
      await new Promise((resolve) => setTimeout(resolve, 500));
      busy -= 1;
      done += 1;
    }, 1_000);
    for (let at = 0; at < 54; at += 1) {
      task.request();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect([most, done]).toEqual([1, 1]);
    await vi.advanceTimersByTimeAsync(700);
    expect(done).toBe(2);
  });

  it('does nothing after it was disposed of', async () => {
    let done = 0;
    const task = new PacedTask(() => Promise.resolve(void (done += 1)), 1_000);
    task.request();
    task.request();
    task.dispose();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(done).toBe(1);
  });
});
