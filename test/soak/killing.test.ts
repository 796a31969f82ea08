import { expect, it, onTestFinished } from 'vitest';
import { killRounds } from '../support/killing/killRounds.js';
import { makeTemporaryFolder } from '../support/temporaryFolder.js';

it('a server that is killed a hundred times while it is written to loses nothing that it acknowledged', async () => {
  const folder = makeTemporaryFolder();
  onTestFinished(() => folder.remove());
  const report = await killRounds(folder.path, 100);
  process.stdout.write(`${JSON.stringify(report)}\n`);
  expect(report.acknowledged).toBeGreaterThan(1000);
});
