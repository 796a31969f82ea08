import { toDisposable } from '../../core/base/disposable.js';
import { HttpClient } from '../../core/client/httpClient.js';
import { RestArtifacts } from '../../core/client/restArtifacts.js';
import { readRunLiveness } from '../../core/client/restLiveness.js';
import { createRestTrackingStore } from '../../core/client/restTrackingStore.js';
import { subscribeToChanges } from '../../core/client/subscribeToChanges.js';
import type { StoreClients } from './connectedStore.js';

/** Reaches every store over MLflow's REST API, one on this machine too. */
export const REST_CLIENTS: StoreClients = {
  connect: ({ uri }) => {
    // By this name the server knows that whoever writes is not the process behind a run.
    const client = new HttpClient({ uri, headers: { 'user-agent': 'mlflow-workbench' } });
    return {
      tracking: createRestTrackingStore(client),
      artifacts: new RestArtifacts(client),
      liveness: () => readRunLiveness(client),
    };
  },
  subscribe: ({ uri }, listener) => {
    const end = new AbortController();
    void subscribeToChanges(uri, {
      signal: end.signal,
      // A feed that breaks may mean that the server is gone: whoever listens finds it, or starts it, again.
      attempts: 1,
      onChange: (change) => listener.onChange(change),
      onState: (state) => {
        if (state.kind === 'open') {
          listener.onOpen();
        } else {
          listener.onEnd(state.reason);
        }
      },
    });
    return toDisposable(() => end.abort());
  },
};
