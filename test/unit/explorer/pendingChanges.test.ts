import { describe, expect, it } from 'vitest';
import { NO_CHANGE } from '../../../src/core/domain/changes.js';
import { PendingChanges } from '../../../src/core/explorer/pendingChanges.js';

const run = (runId: string) => ({ runId, experimentId: '1' });

describe('PendingChanges', () => {
  it('has nothing to hand out when nothing changed', () => {
    const pending = new PendingChanges();
    pending.add(NO_CHANGE);
    expect(pending.take()).toBeUndefined();
  });

  it('gathers changes into one, each run once, and starts anew', () => {
    const pending = new PendingChanges();
    pending.add({ ...NO_CHANGE, experimentIds: ['1'], runs: [run('a')], registeredModels: ['m'] });
    pending.add({
      ...NO_CHANGE,
      experimentIds: ['1', '2'],
      runs: [run('a'), run('b')],
      registeredModels: ['n', 'm'],
    });
    expect(pending.take()).toEqual({
      experimentIds: ['1', '2'],
      runs: [run('a'), run('b')],
      registeredModels: ['m', 'n'],
      everything: false,
    });
    expect(pending.take()).toBeUndefined();
  });

  it('asks for everything when too many runs changed to ask for each', () => {
    const pending = new PendingChanges();
    const runs = Array.from({ length: 501 }, (_each, at) => run(`r${at}`));
    pending.add({ ...NO_CHANGE, runs });
    expect(pending.take()?.everything).toBe(true);
  });
});
