import { parentPort, workerData } from 'node:worker_threads';
import type { StoreChange } from '../../core/domain/changes.js';
import type { StoreInfo } from '../../core/stores/storeInfo.js';
import { BackupKeeper } from './backup/backupKeeper.js';
import type { Call } from './calls.js';
import { openConnection } from './connections.js';
import { inspectDatabase } from './inspectDatabase.js';
import { unpackCall } from './packedCalls.js';
import { lockDeadline, untilFree } from './retry.js';
import { toMlflowError } from './sqliteErrors.js';
import { StoreConnection } from './storeConnection.js';
import { StoreReader } from './storeReader.js';
import { StoreWriter } from './storeWriter.js';
import { StoreWatcher } from './watching/storeWatcher.js';
import { type FromWorker, type ToWorker, toWireError, type WorkerSetup } from './workerMessages.js';

/*
 * The program of a store's worker threads. One owns the connection that writes, one the connection that
 * reads, so that the HTTP thread holds none and waits for no lock.
 */

const { role, options } = workerData as WorkerSetup;

function send(message: FromWorker): void {
  parentPort?.postMessage(message);
}

const isWriter = role === 'writer';
const backups = new BackupKeeper(
  isWriter ? options : { path: options.path },
  (state) => isWriter && send({ kind: 'backup', state }),
);
const connection = new StoreConnection(
  options,
  role,
  (opened) => {
    send({ kind: 'info', info: opened.info });
    backups.note(opened.info, opened.context.database);
  },
  () => send({ kind: 'replaced' }),
);
const reader = new StoreReader(connection, options);
const sendChange = (change: StoreChange): void => send({ kind: 'change', change });
const watcher: StoreWatcher = new StoreWatcher(connection, () => writer.isBusy, sendChange);
const writer = new StoreWriter(connection, options, { onCommit: sendChange, observer: watcher, backups });
const running = new Set<Promise<void>>();

async function answer(id: number, work: () => Promise<unknown>): Promise<void> {
  try {
    send({ kind: 'result', id, value: await work() });
  } catch (error) {
    send({ kind: 'error', id, error: toWireError(toMlflowError(error, options.path)) });
  }
}

function call(made: Call): Promise<unknown> {
  return isWriter ? writer.write(made) : reader.read(made);
}

function answerLater(id: number, work: () => Promise<unknown>): void {
  const done = answer(id, work).finally(() => running.delete(done));
  running.add(done);
}

const member = isWriter ? writer : reader;

async function leave(id: number): Promise<void> {
  await member.leave();
  send({ kind: 'result', id, value: undefined });
}

async function close(): Promise<void> {
  watcher.close();
  await backups.close();
  await Promise.all(running);
  connection.close();
  parentPort?.close();
}

function receive(message: ToWorker): void {
  switch (message.kind) {
    case 'call':
      answerLater(message.id, () => call(unpackCall(message.call)));
      break;
    case 'watch':
      watcher.watch(message.wanted);
      break;
    case 'leave':
      void leave(message.id);
      break;
    case 'goOn':
      member.goOn();
      break;
    case 'wantBackups':
      backups.want(message.wanted);
      noteBackup();
      break;
    case 'backUp':
      answerLater(message.id, () => backups.make());
      break;
    case 'endBackup':
      void backups.abort();
      break;
    case 'close':
      void close();
      break;
  }
}

/** Tells how it stands with the backup of a database that nobody has opened for writing yet. */
function noteBackup(): void {
  try {
    noteBackupOf(inspectDatabase(options));
  } catch {
    // Whoever asks for something hears of it.
  }
}

function noteBackupOf(info: StoreInfo): void {
  if (isWriter && info.exists && info.readOnlyReason === undefined) {
    const database = openConnection(options.path, 'reader');
    try {
      backups.note(info, database);
    } finally {
      database.close();
    }
  }
}

async function start(): Promise<void> {
  try {
    const inspect = (): StoreInfo => {
      const info = inspectDatabase(options);
      noteBackupOf(info);
      return info;
    };
    send({ kind: 'ready', info: await untilFree(lockDeadline(options), inspect) });
    parentPort?.on('message', receive);
  } catch (error) {
    send({ kind: 'failed', error: toWireError(toMlflowError(error, options.path)) });
  }
}

void start();
