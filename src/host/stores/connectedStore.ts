import type { Disposable } from '../../core/base/disposable.js';
import type { ArtifactListing } from '../../core/domain/artifact.js';
import type { StoreChange } from '../../core/domain/changes.js';
import type { RunLiveness } from '../../core/domain/runLiveness.js';
import type { TrackingStore } from '../../core/stores/trackingStore.js';
import type { RunningServer } from '../servers/localServers.js';

/** What the extension reads of a run's artifacts. */
export interface ArtifactReader {
  list(runId: string, path: string): Promise<ArtifactListing>;
  /** @param maxBytes fails when the file is larger */
  read(runId: string, path: string, maxBytes: number): Promise<Uint8Array>;
}

/** A store that is reached: its server and what speaks to it. */
export interface ConnectedStore {
  readonly server: RunningServer;
  readonly tracking: TrackingStore;
  readonly artifacts: ArtifactReader;
  /** What the server knows of the processes behind the runs that are RUNNING. */
  liveness(): Promise<readonly RunLiveness[]>;
}

/** Who listens to a store's change feed. */
export interface FeedListener {
  /** Changes are told from now on; earlier ones may have been missed. */
  onOpen(): void;
  onChange(change: StoreChange): void;
  /** The feed ended and will not come back by itself. */
  onEnd(reason: string): void;
}

/** Makes the clients for a server; the composition root knows which. */
export interface StoreClients {
  connect(server: RunningServer): Pick<ConnectedStore, 'tracking' | 'artifacts' | 'liveness'>;
  subscribe(server: RunningServer, listener: FeedListener): Disposable;
}
