import type { ServerResponse } from 'node:http';
import type { Disposable } from '../core/base/disposable.js';
import { messageOf, MlflowError } from '../core/base/errors.js';
import type { StoreInfo } from '../core/stores/storeInfo.js';
import type { StandAsideEvent } from '../core/wire/workbenchApi.js';
import type { Lease } from './lease.js';
import type { StoreFile } from './sqlite/openedStore.js';

/** Keeps the connection from looking dead. */
const HEARTBEAT_MS = 15_000;
const PROGRESS_MS = 200;

/**
 * Lets somebody else have the database alone: makes a backup, and stays away as long as the other side holds its
 * connection. So a window that crashes in the middle gives the database back.
 */
export class StandAside implements Disposable {
  private current: ServerResponse | undefined;

  constructor(
    private readonly file: StoreFile,
    private readonly info: () => StoreInfo,
    private readonly lease: Lease,
  ) {}

  /**
   * Whether the database may be given away; to be asked before {@link serve}.
   * @throws MlflowError
   */
  check(): void {
    const { path, exists, readOnlyReason } = this.info();
    if (!exists) {
      throw new MlflowError('INVALID_STATE', `There is no database at ${path} yet.`);
    }
    if (readOnlyReason !== undefined && readOnlyReason !== 'unknownRevision') {
      throw new MlflowError('PERMISSION_DENIED', `The database ${path} is read-only here.`);
    }
    if (this.current !== undefined) {
      throw new MlflowError('RESOURCE_CONFLICT', `The database ${path} is being upgraded already.`);
    }
  }

  /** Takes over a response until its other side goes away. */
  async serve(response: ServerResponse): Promise<void> {
    this.current = response;
    const release = this.lease.hold();
    const heartbeat = setInterval(() => response.write(':\n\n'), HEARTBEAT_MS);
    const closed = new Promise<void>((resolve) => response.once('close', resolve));
    response.on('error', () => response.destroy());
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    response.write(':\n\n');
    const comeBack = await this.file.standAside();
    try {
      await this.backUp(response, closed);
      await closed;
    } catch (error) {
      send(response, { kind: 'failed', message: messageOf(error) });
      response.end();
    } finally {
      comeBack();
      clearInterval(heartbeat);
      release();
      this.current = undefined;
    }
  }

  private async backUp(response: ServerResponse, closed: Promise<void>): Promise<void> {
    let isDone = false;
    void closed.then(() => {
      if (!isDone) {
        this.file.endBackup();
      }
    });
    const progress = setInterval(() => this.tell(response), PROGRESS_MS);
    try {
      const backup = await this.file.backUp();
      send(response, { kind: 'away', backup });
    } finally {
      isDone = true;
      clearInterval(progress);
    }
  }

  private tell(response: ServerResponse): void {
    const { backup } = this.info();
    if (backup?.kind === 'running') {
      send(response, { kind: 'backup', fraction: backup.fraction ?? 0 });
    }
  }

  /** Ends the connection, so that the database is given back. */
  dispose(): void {
    this.current?.end();
  }
}

function send(response: ServerResponse, event: StandAsideEvent): void {
  if (response.writable) {
    response.write(`data: ${JSON.stringify(event)}\n\n`);
  }
}
