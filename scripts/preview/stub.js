// Stands in for VS Code in the preview of a webview: answers the page as the extension would.
/* global scenario, listings */
const received = [];
let state = scenario.state;
const send = (message) => window.postMessage(message, '*');

function growing(key) {
  const metric = scenario.messages.flatMap((each) => each.metrics ?? []).find((each) => each.key === key);
  let points = metric.points;
  setInterval(() => {
    const y = points.at(-1).y * 0.98 + 0.02 * Math.sin(points.length);
    points = [...points, { x: points.length, y }];
    const values = points.map((point) => point.y);
    const [min, max] = [Math.min(...values), Math.max(...values)];
    const grown = {
      ...metric,
      points,
      last: y,
      min,
      max,
      count: points.length,
      lastStep: String(points.length - 1),
    };
    send({ type: 'metrics', metrics: [grown] });
  }, 500);
}

window.preview = { received, send, scenario };
window.acquireVsCodeApi = () => ({
  getState: () => state,
  setState: (next) => (state = next),
  postMessage: (message) => {
    received.push(message);
    if (message.type === 'ready') scenario.messages.forEach(send);
    if (message.type !== 'listArtifacts') return;
    const none = { type: 'artifacts', path: message.path, entries: [] };
    const unknown = { type: 'artifactsFailed', path: message.path, message: 'Permission denied.' };
    setTimeout(() => send(scenario.noArtifacts ? none : (listings[message.path] ?? unknown)), 30);
  },
});
if (scenario.live) growing(scenario.live);
