import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ANY_CHANGE, NO_CHANGE, type StoreChange } from '../../../../src/core/domain/changes.js';
import { ChangeTeller } from '../../../../src/server/sqlite/watching/changeTeller.js';

const SOMETHING: StoreChange = { ...NO_CHANGE, experimentIds: ['1'] };

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

function teller() {
  const told: StoreChange[] = [];
  return { told, teller: new ChangeTeller((change) => told.push(change)) };
}

it('what was found is told at once, and everything when others are quiet', () => {
  const { told, teller: each } = teller();
  each.committed(SOMETHING);
  vi.advanceTimersByTime(1000);
  each.committed(SOMETHING);
  vi.advanceTimersByTime(2900);
  expect(told).toEqual([SOMETHING, SOMETHING]);
  vi.advanceTimersByTime(200);
  expect(told.at(-1)).toEqual(ANY_CHANGE);
  vi.advanceTimersByTime(60_000);
  expect(told).toHaveLength(3);
});

it('while others write without a pause, everything is told now and then', () => {
  const { told, teller: each } = teller();
  for (let second = 0; second < 60; second += 1) {
    each.committed(SOMETHING);
    vi.advanceTimersByTime(1000);
  }
  expect(told.filter(({ everything }) => everything)).toHaveLength(4);
  expect(told.filter(({ everything }) => !everything)).toHaveLength(60);
});

it('what was not found is everything, at most every two seconds', () => {
  const { told, teller: each } = teller();
  each.committed(undefined);
  expect(told).toEqual([ANY_CHANGE]);
  for (let index = 0; index < 45; index += 1) {
    each.committed(index % 2 === 0 ? undefined : ANY_CHANGE);
    vi.advanceTimersByTime(100);
  }
  expect(told).toHaveLength(3);
  vi.advanceTimersByTime(60_000);
  expect(told).toHaveLength(4);
});

it('what nobody is told of is followed by everything all the same', () => {
  const { told, teller: each } = teller();
  each.committed(NO_CHANGE);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(3000);
  expect(told).toEqual([ANY_CHANGE]);
});

it('nothing is told once nobody listens', () => {
  const { told, teller: each } = teller();
  each.committed(SOMETHING);
  each.stop();
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([SOMETHING]);
});
