import { expect, it } from 'vitest';
import { createRegroup, type Member } from '../../../../src/server/sqlite/regroup.js';

function member(name: string, log: string[], leave: () => Promise<void> = () => Promise.resolve()): Member {
  return {
    leave: async () => {
      log.push(`${name} leaves`);
      await leave();
      log.push(`${name} has left`);
    },
    goOn: () => void log.push(`${name} goes on`),
  };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

it('the writer leaves after the reader, and nobody goes on before both have left', async () => {
  const log: string[] = [];
  const { regroup } = createRegroup(member('reader', log), member('writer', log));
  regroup();
  // Both find out, one of them twice.
  regroup();
  await settle();
  const once = ['reader leaves', 'reader has left', 'writer leaves', 'writer has left'];
  expect(log).toEqual([...once, 'writer goes on', 'reader goes on']);
  regroup();
  await settle();
  expect(log).toHaveLength(12);
});

it('a member that has ended keeps no other from going on', async () => {
  const log: string[] = [];
  const ended = member('reader', log, () => Promise.reject(new Error('ended')));
  createRegroup(ended, member('writer', log)).regroup();
  await settle();
  const writer = ['writer leaves', 'writer has left', 'writer goes on'];
  expect(log).toEqual(['reader leaves', ...writer, 'reader goes on']);
});
