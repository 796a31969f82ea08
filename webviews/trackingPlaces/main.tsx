import '@vscode/codicons/dist/codicon.css';
import '../shared/base.css';
import '../shared/components.css';
import '../shared/tables.css';
import './trackingPlaces.css';
import { signal } from '@preact/signals';
import { render } from 'preact';
import type { ToTrackingPlaces } from '../../src/protocol/trackingPlaces.js';
import { App } from './App.js';
import { sendReady } from './messages.js';

const places = signal<ToTrackingPlaces | undefined>(undefined);
addEventListener('message', (event: MessageEvent<ToTrackingPlaces>) => (places.value = event.data));
// A hidden page gets no messages: it asks again for what it missed.
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) sendReady();
});

const root = document.createElement('div');
document.body.append(root);
render(<App places={places} />, root);
sendReady();
