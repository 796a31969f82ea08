// A server's processes, all of them: what they hold in memory, and their end.
import { type ChildProcess, execFileSync } from 'node:child_process';

interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly rssKib: number;
}

/**
 * Resident memory in MiB of a process, its descendants and its process group. Pages that several processes
 * share count for each of them. Undefined where there is no `ps`.
 */
export function treeMemory(pid: number): number | undefined {
  const rows = listProcesses();
  if (rows === undefined) {
    return undefined;
  }
  const members = treeOf(pid, rows);
  return members.reduce((sum, { rssKib }) => sum + rssKib, 0) / 1024;
}

/** Ends a server that was started `detached`, with its descendants, and waits until it is gone. */
export async function endTree(child: ChildProcess, graceMs = 5000): Promise<void> {
  if (child.pid === undefined) {
    return;
  }
  // Descendants may have left the group, and are nobody's once their parent is gone.
  const members = treeOf(child.pid, listProcesses() ?? []).map(({ pid }) => pid);
  const ended =
    child.exitCode !== null || child.signalCode !== null
      ? Promise.resolve()
      : new Promise((resolve) => child.once('exit', resolve));
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
  await ended;
  clearTimeout(timer);
  killTree(child, members);
}

/** Kills at once what may be left of a server. */
export function killTree(child: ChildProcess, members: readonly number[] = []): void {
  signalGroup(child, 'SIGKILL');
  const alive = new Set((listProcesses() ?? []).map(({ pid }) => pid));
  for (const pid of members.filter((each) => each !== child.pid && alive.has(each))) {
    signal(pid, 'SIGKILL');
  }
}

function signalGroup(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid !== undefined && process.platform !== 'win32') {
    signal(-child.pid, name);
  } else {
    child.kill(name);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw error;
    }
  }
}

function treeOf(pid: number, rows: readonly ProcessRow[]): readonly ProcessRow[] {
  const members = new Set([pid]);
  let size = 0;
  while (size !== members.size) {
    size = members.size;
    rows.filter((row) => members.has(row.parent) || row.group === pid).forEach((row) => members.add(row.pid));
  }
  return rows.filter((row) => members.has(row.pid));
}

function listProcesses(): readonly ProcessRow[] | undefined {
  if (process.platform === 'win32') {
    return undefined;
  }
  try {
    const text = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,pgid=,rss='], { encoding: 'utf8' });
    return text
      .trim()
      .split('\n')
      .map((line) => {
        const [pid = 0, parent = 0, group = 0, rssKib = 0] = line.trim().split(/\s+/).map(Number);
        return { pid, parent, group, rssKib };
      });
  } catch {
    return undefined;
  }
}
