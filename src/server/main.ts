#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { version } from '../../package.json';
import { messageOf } from '../core/base/errors.js';
import type { ServerAnnouncement } from '../core/wire/workbenchApi.js';
import { HELP } from './process/help.js';
import { parseCommand, type ServerArguments } from './process/serverOptions.js';
import { shownAnnouncement } from './process/shownAnnouncement.js';

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
      fail(command.message);
      return 2;
    case 'serve':
      return serve(command.arguments);
  }
}

async function serve(args: ServerArguments): Promise<number> {
  if (!isBuiltin('node:sqlite')) {
    const message = `The tracking server needs node:sqlite, which is there from Node.js 22.13. This is ${process.version}.`;
    fail(message);
    return 1;
  }
  const announce = args.json ? announceAsJson : announceToReader;
  // Only now: whatever imports node:sqlite fails to load where it is missing.
  const { runServer } = await import('./process/runServer.js');
  // All that the server will ever need of its own files: an update may take them away while it runs.
  const workerCode = readFileSync(join(__dirname, 'storeWorker.cjs'), 'utf8');
  return runServer(args, { version, announce, workerCode });
}

/** The first line on standard output, for the program that started this one. */
function announceAsJson(announcement: ServerAnnouncement): void {
  process.stdout.write(`${JSON.stringify(announcement)}\n`);
}

function announceToReader(announcement: ServerAnnouncement): void {
  if (process.stdout.isTTY) {
    process.stdout.write(shownAnnouncement(announcement));
  } else {
    announceAsJson(announcement);
  }
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  announceToReader({ event: 'failed', message });
}

// Whoever started the server may stop listening to it at any time.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    fail(messageOf(error));
    process.exitCode = 1;
  },
);
