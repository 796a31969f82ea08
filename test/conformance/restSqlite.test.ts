import { createRestTrackingStore } from '../../src/core/client/restTrackingStore.js';
import { startTrackingServer } from '../support/trackingServer.js';
import { describeTrackingStore } from './suite/index.js';

describeTrackingStore('REST client, tracking server, SQLite', async () => {
  const server = await startTrackingServer();
  return { store: createRestTrackingStore(server.client), close: () => server.stop() };
});
