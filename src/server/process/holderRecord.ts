import { rmSync } from 'node:fs';
import { open, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { ServerHolder } from '../../core/stores/serverHolder.js';

/** How long a server is believed to be alive after it has last said so: three times as long as it takes to say it. */
const STALE_MS = 15_000;

/** The file beside a store that tells which server writes to it, written again and again while it does. */
export class HolderRecord {
  private readonly temporary: string;

  constructor(
    private readonly path: string,
    private readonly self: ServerHolder,
  ) {
    this.temporary = `${path}.${self.hostName.replace(/[^\w.-]/g, '_')}.${self.pid}`;
  }

  /** The server of another machine that is alive. Times are compared as the folder's own machine has them. */
  async ofOther(): Promise<ServerHolder | undefined> {
    const record = await this.read();
    if (record === undefined || record.holder.hostName === this.self.hostName) {
      return undefined;
    }
    const now = await this.writeTemporary();
    await rm(this.temporary, { force: true });
    return now - record.writtenAt < STALE_MS ? record.holder : undefined;
  }

  async write(): Promise<void> {
    await this.writeTemporary();
    await rename(this.temporary, this.path);
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }

  private async writeTemporary(): Promise<number> {
    await writeFile(this.temporary, `${JSON.stringify(this.self)}\n`);
    return (await stat(this.temporary)).mtimeMs;
  }

  /** Opened, because network file systems are sure of what they tell of a file only then. */
  private async read(): Promise<{ holder: ServerHolder; writtenAt: number } | undefined> {
    try {
      const file = await open(this.path);
      try {
        const holder: unknown = JSON.parse(await file.readFile('utf8'));
        return isHolder(holder) ? { holder, writtenAt: (await file.stat()).mtimeMs } : undefined;
      } finally {
        await file.close();
      }
    } catch {
      return undefined;
    }
  }
}

function isHolder(value: unknown): value is ServerHolder {
  const { version, pid, hostName } = (value ?? {}) as Record<keyof ServerHolder, unknown>;
  return typeof version === 'string' && typeof hostName === 'string' && Number.isInteger(pid);
}
