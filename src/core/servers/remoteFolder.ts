import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';

/** `statfs` types of file systems on Linux without the shared memory that WAL needs between machines. */
const REMOTE_TYPES: ReadonlySet<number> = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xfe534d42, // SMB 2
  0xff534d42, // CIFS
  0x01021997, // 9p: folders of Windows in WSL, shared folders of virtual machines
  0x65735546, // FUSE: sshfs, cloud buckets, virtiofs
  0x564c, // NCP
  0x5346414f, // AFS
  0x73757245, // Coda
  0x00c36400, // Ceph
  0x0bd00bd0, // Lustre
  0x47504653, // GPFS
  0x786f4256, // VirtualBox
  0xbacbacbc, // VMware
]);

/** Whether a folder may be on another machine, as far as can be told. One that is missing is where it would be made. */
export function isRemoteFolder(folder: string): boolean {
  if (process.platform === 'win32') {
    return folder.startsWith('\\\\');
  }
  return process.platform === 'linux' && REMOTE_TYPES.has(typeOf(folder));
}

function typeOf(folder: string): number {
  try {
    return statfsSync(folder).type >>> 0;
  } catch (error) {
    const parent = dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === folder) {
      throw error;
    }
    return typeOf(parent);
  }
}
