// What the system says of a process. Where there is no /proc, `ps` and `lsof` say it.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Bytes of memory that the process holds. */
function residentBytes(pid: number): number {
  const kib = existsSync(`/proc/${pid}/status`)
    ? /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  return Number(kib) * 1024;
}

/** How many files and sockets the process has open. */
export function openDescriptors(pid: number): number {
  return existsSync(`/proc/${pid}/fd`)
    ? readdirSync(`/proc/${pid}/fd`).length
    : execFileSync('lsof', ['-p', String(pid)], { encoding: 'utf8' }).split('\n').length;
}

/** Does something, and tells the most memory that the process held meanwhile. */
export async function mostMemoryDuring(pid: number, act: () => Promise<unknown>): Promise<number> {
  let most = residentBytes(pid);
  const timer = setInterval(() => (most = Math.max(most, residentBytes(pid))), 20);
  try {
    await act();
  } finally {
    clearInterval(timer);
  }
  return Math.max(most, residentBytes(pid));
}

/** Whether there is a process of this id; one that has ended and waits for its parent counts as ended. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync(`/proc/${pid}/stat`) || !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
