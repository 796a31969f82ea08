import { expect, it } from 'vitest';
import { killRounds } from '../support/killing/killRounds.js';
import { WRITE_KINDS } from '../support/killing/writeKinds.js';
import { testFolder } from './support/database.js';

it('a server that is killed while it is written to loses nothing that it acknowledged', async () => {
  const { kinds } = await killRounds(testFolder(), 10);
  expect(Object.keys(kinds).sort()).toEqual(WRITE_KINDS.map(({ name }) => name).sort());
});
