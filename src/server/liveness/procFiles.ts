import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import type { ProcessId } from './processTable.js';

/* Linux tells of its processes in files below /proc. Any of them can be gone by the time it is read. */

/** A pass over all open files is bounded: what lies beyond is not known. */
const PROCESSES_MAX = 5_000;
const DESCRIPTORS_MAX = 4_000;
const AT_ONCE = 8;

/** What a pass over the open files of all processes found. */
export interface OpenFiles {
  /** The processes that have each of the wanted targets open. */
  readonly holders: ReadonlyMap<string, readonly ProcessId[]>;
  /** The users whose processes could not be looked into. */
  readonly hiddenUsers: ReadonlySet<number>;
  /** Whether everything was looked at that can be. */
  readonly isComplete: boolean;
}

/**
 * Looks for the processes, but this one, that have something open. The newest are looked at first.
 * @param wanted what `/proc/<pid>/fd/<n>` leads to, such as a path or `socket:[123]`
 * @param untilFound ends as soon as everything was found once
 */
export async function findHolders(wanted: ReadonlySet<string>, untilFound: boolean): Promise<OpenFiles> {
  const all = await processIds();
  const pids = all.slice(0, PROCESSES_MAX).values();
  const holders = new Map<string, ProcessId[]>();
  const hiddenUsers = new Set<number>();
  let isComplete = all.length <= PROCESSES_MAX;
  const work = async (): Promise<void> => {
    // Every worker takes from the same iterator.
    for (const pid of pids) {
      if (untilFound && holders.size === wanted.size) {
        return;
      }
      const open = await openTargets(pid, wanted);
      if (open === 'hidden') {
        hiddenUsers.add(await userOf(pid));
        continue;
      }
      isComplete &&= !open.isCut;
      const process = open.targets.size > 0 ? await processOf(pid) : undefined;
      if (process !== undefined) {
        open.targets.forEach((target) => holders.set(target, [...(holders.get(target) ?? []), process]));
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { holders, hiddenUsers, isComplete };
}

/** The ids of all processes but this one, the newest first. */
async function processIds(): Promise<number[]> {
  const names = await readdir('/proc');
  return names
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid)
    .sort((a, b) => b - a);
}

async function openTargets(
  pid: number,
  wanted: ReadonlySet<string>,
): Promise<{ readonly targets: ReadonlySet<string>; readonly isCut: boolean } | 'hidden'> {
  const targets = new Set<string>();
  let names: string[];
  try {
    names = await readdir(`/proc/${pid}/fd`);
  } catch (error) {
    return isGone(error) ? { targets, isCut: false } : 'hidden';
  }
  for (const name of names.slice(0, DESCRIPTORS_MAX)) {
    const target = await readlink(`/proc/${pid}/fd/${name}`).catch(() => '');
    if (wanted.has(target)) {
      targets.add(target);
    }
  }
  return { targets, isCut: names.length > DESCRIPTORS_MAX };
}

function isGone(error: unknown): boolean {
  return ['ENOENT', 'ESRCH'].includes(String((error as NodeJS.ErrnoException).code));
}

/** The user that a process belongs to; 0, who may do everything, where it has ended. */
async function userOf(pid: number): Promise<number> {
  return stat(`/proc/${pid}`).then(
    ({ uid }) => uid,
    () => 0,
  );
}

/** A living process by its id. One that has ended and is only still listed (a zombie) does not count. */
export async function processOf(pid: number): Promise<ProcessId | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  // The name, in parentheses, may hold anything.
  const [state, ...fields] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const startedAt = fields[18];
  return startedAt === undefined || state === 'Z' || state === 'X' ? undefined : { pid, startedAt };
}

/**
 * The sockets at the other ends of connections to a port, by their port, as targets of open files. Only those of
 * this machine (and container) are listed.
 */
export async function peerSockets(port: number): Promise<ReadonlyMap<number, string>> {
  const text = await readFile('/proc/self/net/tcp', 'latin1');
  const sockets = new Map<number, string>();
  for (const line of text.split('\n').slice(1)) {
    const [, local = '', remote = '', , , , , , , inode = '0'] = line.trim().split(/\s+/);
    if (portOf(remote) === port && inode !== '0') {
      sockets.set(portOf(local), `socket:[${inode}]`);
    }
  }
  return sockets;
}

function portOf(address: string): number {
  return Number.parseInt(address.slice(address.indexOf(':') + 1), 16);
}
