import { expect, it } from 'vitest';
import { killRounds } from '../support/killRounds.js';

it('a server that is killed a hundred times while it writes loses nothing that it acknowledged', async () => {
  const { acknowledged, lost, integrity } = await killRounds(100);
  expect(acknowledged).toBeGreaterThan(1000);
  expect(lost).toEqual([]);
  expect(integrity).toEqual(['ok']);
});
