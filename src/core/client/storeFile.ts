import { MlflowError } from '../base/errors.js';
import type { Backup, KnownRevision } from '../stores/storeInfo.js';
import { type KnownRevisions, type StandAsideEvent, WORKBENCH_PATHS } from '../wire/workbenchApi.js';
import { eventData } from './eventStream.js';
import { HttpClient } from './httpClient.js';

const MAX_EVENT_LENGTH = 100_000;

/** Tells a server of ours whether backups come before first writes, or to begin with one now. */
export async function askForBackup(
  uri: string,
  wish: { readonly wanted?: boolean; readonly now?: boolean },
): Promise<void> {
  await new HttpClient({ uri }).json({
    method: 'POST',
    path: WORKBENCH_PATHS.backup,
    body: wish,
    reads: false,
  });
}

/** The revisions that a server of ours knows, oldest first. */
export async function knownRevisions(uri: string): Promise<readonly KnownRevision[]> {
  const client = new HttpClient({ uri });
  const json = await client.json({ method: 'GET', path: WORKBENCH_PATHS.revisions, reads: true });
  return (json as KnownRevisions).revisions;
}

/** A server that stays away from its database. */
export interface ServerAway {
  /** What it has made before it left. */
  readonly backup: Backup;
  /** Lets it come back. */
  release(): void;
}

/**
 * Asks a server of ours to make a backup of its database and to let go of it; resolves when it has.
 * @param signal ends the wait, and with it the backup
 * @throws MlflowError also where the backup fails
 */
export async function standAside(
  uri: string,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<ServerAway> {
  const end = new AbortController();
  const client = new HttpClient({ uri, retries: 0, signal: AbortSignal.any([end.signal, signal]) });
  const call = { method: 'POST', path: WORKBENCH_PATHS.standAside, body: {}, reads: false } as const;
  const events = eventsOf(await client.send(call));
  try {
    const backup = await untilAway(events, onProgress);
    // From now on only its caller ends it.
    void drain(events);
    return { backup, release: () => end.abort() };
  } catch (error) {
    end.abort();
    throw signal.aborted ? new MlflowError('CANCELLED', 'Nobody waits any more.', { cause: error }) : error;
  }
}

async function untilAway(
  events: AsyncGenerator<StandAsideEvent>,
  onProgress: (fraction: number) => void,
): Promise<Backup> {
  for (let next = await events.next(); next.done !== true; next = await events.next()) {
    const event = next.value;
    switch (event.kind) {
      case 'backup':
        onProgress(event.fraction);
        break;
      case 'failed':
        throw new MlflowError('INTERNAL_ERROR', event.message);
      case 'away':
        return event.backup;
    }
  }
  throw new MlflowError('TEMPORARILY_UNAVAILABLE', 'The tracking server has ended.');
}

async function* eventsOf(response: Response): AsyncGenerator<StandAsideEvent> {
  const chunks = (response.body ?? []) as AsyncIterable<Uint8Array>;
  for await (const data of eventData(chunks, MAX_EVENT_LENGTH)) {
    yield JSON.parse(data) as StandAsideEvent;
  }
}

/** Reads the signs of life, so that the connection stays. */
async function drain(events: AsyncGenerator<StandAsideEvent>): Promise<void> {
  try {
    while ((await events.next()).done !== true);
  } catch {
    // It was ended.
  }
}
