import { createRestStore } from '../../src/core/client/restStore.js';
import { startTrackingServer } from '../support/trackingServer.js';
import { describeTrackingStore } from './suite/index.js';

describeTrackingStore('REST client, tracking server, SQLite', async () => {
  const server = await startTrackingServer();
  return { store: createRestStore(server.client), close: () => server.stop() };
});
