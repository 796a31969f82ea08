import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { version } from '../../package.json';
import { messageOf } from '../core/base/errors.js';
import type { ServerAnnouncement } from '../core/wire/workbenchApi.js';
import { HELP, parseCommand, type ServerArguments } from './process/serverOptions.js';

/** The tracking server's program: `node server.cjs --store PATH`. */
async function main(): Promise<number> {
  const command = parseCommand(process.argv.slice(2));
  switch (command.kind) {
    case 'help':
      process.stdout.write(HELP);
      return 0;
    case 'version':
      process.stdout.write(`${version}\n`);
      return 0;
    case 'wrong':
      process.stderr.write(`${command.message}\n`);
      announce({ event: 'failed', message: command.message });
      return 2;
    case 'serve':
      return serve(command.arguments);
  }
}

async function serve(args: ServerArguments): Promise<number> {
  if (!isBuiltin('node:sqlite')) {
    const message = `The tracking server needs node:sqlite, which is there from Node.js 22.13. This is ${process.version}.`;
    announce({ event: 'failed', message });
    return 1;
  }
  // Only now: whatever imports node:sqlite fails to load where it is missing.
  const { runServer } = await import('./process/runServer.js');
  return runServer(args, { version, announce, workerFile: join(__dirname, 'storeWorker.cjs') });
}

function announce(announcement: ServerAnnouncement): void {
  process.stdout.write(`${JSON.stringify(announcement)}\n`);
}

// Whoever started the server may stop listening to it at any time.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    announce({ event: 'failed', message: messageOf(error) });
    process.exitCode = 1;
  },
);
