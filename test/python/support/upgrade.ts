// Upgrades a database as the extension does: `upgrade.cjs SERVER_URI PATH INTERPRETER`. Prints the backup's path.
import { standAside } from '../../../src/core/client/storeFile.js';
import { runUpgrade } from '../../../src/host/upgrade/runUpgrade.js';

const [uri = '', path = '', interpreter = ''] = process.argv.slice(2);
const log = (message: string): void => void process.stderr.write(`${message}\n`);

async function main(): Promise<void> {
  const away = await standAside(uri, new AbortController().signal, () => undefined);
  try {
    await runUpgrade(interpreter, path, { trace: log, debug: log, info: log, warn: log, error: log });
  } finally {
    away.release();
  }
  process.stdout.write(`${away.backup.path}\n`);
}

void main();
