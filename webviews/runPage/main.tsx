import '@vscode/codicons/dist/codicon.css';
import '../shared/base.css';
import '../shared/components.css';
import '../shared/tables.css';
import './runPage.css';
import './metrics/metrics.css';
import { computed } from '@preact/signals';
import { render } from 'preact';
import type { ToRunPage } from '../../src/protocol/runPage.js';
import { App } from './App.js';
import { keepState, listArtifacts, restoreState, sendReady } from './messages.js';
import { RunPageModel } from './model.js';
import { ViewState } from './viewState.js';

const kept = restoreState();
const model = new RunPageModel(listArtifacts);
const view = new ViewState(kept);
view.keepWith(
  keepState,
  computed(() => model.run.value?.runId ?? kept?.runId),
);

addEventListener('message', (event: MessageEvent<ToRunPage>) => model.receive(event.data));
// A hidden page gets no messages: it asks again for what it missed.
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) sendReady();
});

const root = document.createElement('div');
document.body.append(root);
render(<App model={model} view={view} />, root);
sendReady();
