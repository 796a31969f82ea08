import { expect, it } from 'vitest';
import { killRounds } from '../../../support/killRounds.js';

it('a server that is killed while it writes loses nothing that it acknowledged', async () => {
  const { acknowledged, lost, integrity } = await killRounds(5);
  expect(acknowledged).toBeGreaterThan(0);
  expect(lost).toEqual([]);
  expect(integrity).toEqual(['ok']);
}, 60_000);
