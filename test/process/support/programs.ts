// The built server as releases of it that never were.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Protocol } from '../../../src/core/wire/protocol.js';
import { SERVER_PROGRAM } from '../../support/builtServer.js';
import { testFolder } from './database.js';

/** A program folder of its own with the server of a version, as an extension of that version has it. */
export function programOfVersion(version: string, protocol?: Protocol): string {
  const folder = join(testFolder(), `extension-${version}`, 'dist');
  mkdirSync(folder, { recursive: true });
  const built = readFileSync(SERVER_PROGRAM, 'utf8');
  const code = replaced(built, /^var version = "[^"]*";$/m, `var version = "${version}";`);
  const changed = protocol
    ? replaced(code, /PROTOCOL = \{[^}]*\}/, `PROTOCOL = ${JSON.stringify(protocol)}`)
    : code;
  const program = join(folder, 'server.cjs');
  writeFileSync(program, changed);
  copyFileSync(join(dirname(SERVER_PROGRAM), 'storeWorker.cjs'), join(folder, 'storeWorker.cjs'));
  return program;
}

function replaced(text: string, what: RegExp, by: string): string {
  if (!what.test(text)) {
    throw new Error(`The built server holds nothing like ${String(what)}.`);
  }
  return text.replace(what, by);
}
