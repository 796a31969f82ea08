// The program of a process that stands for a window, see windows.ts: node window.cjs STORE PROGRAM
import { once } from 'node:events';
import { version } from '../../../package.json';
import { SILENT_LOGGER } from '../../../src/core/base/logger.js';
import { identify } from '../../../src/core/client/identify.js';
import { subscribeToChanges } from '../../../src/core/client/subscribeToChanges.js';
import { LocalServers } from '../../../src/host/servers/localServers.js';

async function main([storePath = '', program = '']: readonly string[]): Promise<void> {
  const servers = new LocalServers({
    program,
    version,
    logger: SILENT_LOGGER,
    identify,
    backup: () => false,
    releaseFor: () => Promise.resolve(undefined),
    explain: (problem) => JSON.stringify(problem),
    onAddressLost: () => undefined,
  });
  process.stdout.write('ready\n');
  await once(process.stdin, 'data');
  const { uri, identity } = await servers.ensure(storePath);
  await subscribeToChanges(uri, {
    signal: new AbortController().signal,
    attempts: 1,
    onChange: () => undefined,
    onState: ({ kind }) => {
      if (kind === 'open') {
        process.stdout.write(`${JSON.stringify({ uri, pid: identity.pid })}\n`);
      }
    },
  });
  process.exit(0);
}

void main(process.argv.slice(2));
