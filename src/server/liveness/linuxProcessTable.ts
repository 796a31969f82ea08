import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isRemoteFolder } from '../../core/servers/remoteFolder.js';
import { findHolders, peerSockets, processOf } from './procFiles.js';
import { NO_PROCESS_TABLE, type ProcessId, type ProcessTable } from './processTable.js';

/** Accounts below this are the system's own on Linux, and so is "nobody". */
const FIRST_PERSON = 1_000;
const NOBODY = 65_534;
const OTHERS_MAY_WRITE = 0o022;

/** The processes of this machine, as far as this user may look. */
const LINUX_PROCESS_TABLE: ProcessTable = {
  async peersOf(port, peerPorts) {
    const sockets = await peerSockets(port);
    const targets = new Set(peerPorts.flatMap((each) => sockets.get(each) ?? []));
    const peers = new Map<number, readonly ProcessId[]>();
    if (targets.size > 0) {
      const { holders } = await findHolders(targets, true);
      for (const each of peerPorts) {
        const processes = holders.get(sockets.get(each) ?? '');
        if (processes !== undefined) {
          peers.set(each, processes);
        }
      }
    }
    return peers;
  },

  async holdersOf(path) {
    // On a file system of several machines the others' processes are nowhere to be seen.
    if (isRemoteFolder(dirname(path))) {
      return undefined;
    }
    const { holders, hiddenUsers, isComplete } = await findHolders(new Set([path]), false);
    const { mode } = await stat(path);
    const people = [...hiddenUsers].filter((user) => user >= FIRST_PERSON && user !== NOBODY);
    const mayBeHidden = people.length > 0 && (mode & OTHERS_MAY_WRITE) !== 0;
    return mayBeHidden || !isComplete ? undefined : (holders.get(path) ?? []);
  },

  async isAlive({ pid, startedAt }) {
    return (await processOf(pid))?.startedAt === startedAt;
  },
};

/** What this system tells of processes. */
export function systemProcessTable(): ProcessTable {
  return process.platform === 'linux' ? LINUX_PROCESS_TABLE : NO_PROCESS_TABLE;
}
