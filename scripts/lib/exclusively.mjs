import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 500;
/** After so long the number is another process's by now. */
const LONGEST_MS = 20 * 60_000;

/**
 * Does something while no other process does it under the same name; waits as long as one is at it that lives.
 * @param {string} path of a file that names the process at work
 * @param {() => Promise<void>} work
 */
export async function exclusively(path, work) {
  mkdirSync(dirname(path), { recursive: true });
  while (!take(path)) await sleep(LOOK_EVERY_MS);
  try {
    await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function take(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isAtWork(path)) rmSync(path, { force: true });
    return false;
  }
}

/** One that was killed left its file behind. A file without a number yet was made a moment ago. */
function isAtWork(path) {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    const isRecent = Date.now() - statSync(path).mtimeMs < LONGEST_MS;
    return isRecent && (pid === 0 || process.kill(pid, 0));
  } catch (error) {
    return error.code === 'EPERM';
  }
}
