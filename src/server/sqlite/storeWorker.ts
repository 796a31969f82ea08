import { parentPort, workerData } from 'node:worker_threads';
import type { StoreChange } from '../../core/domain/changes.js';
import type { Call } from './calls.js';
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

const connection = new StoreConnection(
  options,
  role,
  (info) => send({ kind: 'info', info }),
  () => send({ kind: 'replaced' }),
);
const reader = new StoreReader(connection, options);
const sendChange = (change: StoreChange): void => send({ kind: 'change', change });
const watcher: StoreWatcher = new StoreWatcher(connection, () => writer.isBusy, sendChange);
const writer = new StoreWriter(connection, options, sendChange, watcher);
const running = new Set<Promise<void>>();

async function answer(id: number, call: Call): Promise<void> {
  try {
    send({ kind: 'result', id, value: await (role === 'writer' ? writer.write(call) : reader.read(call)) });
  } catch (error) {
    send({ kind: 'error', id, error: toWireError(toMlflowError(error, options.path)) });
  }
}

const member = role === 'writer' ? writer : reader;

async function leave(id: number): Promise<void> {
  await member.leave();
  send({ kind: 'result', id, value: undefined });
}

async function close(): Promise<void> {
  watcher.close();
  await Promise.all(running);
  connection.close();
  parentPort?.close();
}

function receive(message: ToWorker): void {
  switch (message.kind) {
    case 'call': {
      const done = answer(message.id, unpackCall(message.call)).finally(() => running.delete(done));
      running.add(done);
      break;
    }
    case 'watch':
      watcher.watch(message.wanted);
      break;
    case 'leave':
      void leave(message.id);
      break;
    case 'goOn':
      member.goOn();
      break;
    case 'close':
      void close();
      break;
  }
}

async function start(): Promise<void> {
  try {
    const inspect = () => inspectDatabase(options);
    send({ kind: 'ready', info: await untilFree(lockDeadline(options), inspect) });
    parentPort?.on('message', receive);
  } catch (error) {
    send({ kind: 'failed', error: toWireError(toMlflowError(error, options.path)) });
  }
}

void start();
