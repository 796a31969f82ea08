import type { ServerIdentity } from '../core/wire/workbenchApi.js';

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 44rem; margin: 3rem auto; padding: 0 1rem; }
  pre { padding: 0.75rem 1rem; border: 1px solid; border-radius: 4px; overflow-x: auto; }
  dt { font-weight: 600; }
  dd { margin: 0 0 0.5rem; overflow-wrap: anywhere; }
`;

/** What stands for the secret where an address is shown. */
const PLACEHOLDER = '<secret>';

/** Opens "MLflow: Find Run…". Which run a link names stands in its fragment, which no browser sends to a server. */
const FIND_RUN = 'vscode://mlflow-workbench.mlflow-workbench/find';

/** What a person sees who comes without the secret: nothing of what the server holds. */
export const WELCOME_PAGE = page(
  '<p>It answers below a path that only its owner knows: use the whole tracking URI that was shown when it was ' +
    'started.</p>',
);

/**
 * What a person sees who knows the way in.
 * @param origin of the address at which the person came
 * @param hasSecret whether the address has a secret part, which is not shown
 */
export function welcomePage({ version, store }: ServerIdentity, origin: string, hasSecret: boolean): string {
  const uri = hasSecret ? `${origin}/${PLACEHOLDER}` : origin;
  const facts = [
    ['Version', version],
    ['Database', store.exists ? store.path : `${store.path} (made by the first write)`],
    ['Schema', store.releases.length > 0 ? `MLflow ${rangeOf(store.releases)}` : store.revision],
    ...(store.readOnlyReason === undefined ? [] : [['Access', 'read-only']]),
  ];
  const rows = facts.map(([name = '', value = '']) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`);
  const legend = hasSecret
    ? `<p>${escaped(PLACEHOLDER)} is the part of the address that you came by.</p>`
    : '';
  return page(
    `<p>Programs on this machine use it once they know its address. In a terminal:</p>
<pre>${escaped(setLine(uri))}</pre>${legend}<dl>${rows.join('')}</dl>
<p>Came by a link that MLflow printed at the end of a run? Ctrl+click it (on a Mac Cmd+click) in the terminal of VS Code,
and the page of the run opens there. Or <a href="${FIND_RUN}">find the run in VS Code</a>: paste the link.</p>`,
  );
}

/** The line of a shell of this system that makes programs log to `uri`. */
export function setLine(uri: string, platform: NodeJS.Platform = process.platform): string {
  return platform === 'win32' ? `$env:MLFLOW_TRACKING_URI = "${uri}"` : `export MLFLOW_TRACKING_URI="${uri}"`;
}

function rangeOf(releases: readonly string[]): string {
  const [first = '', last = ''] = [releases[0], releases.at(-1)];
  return first === last ? first : `${first} to ${last}`;
}

function page(body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>MLflow tracking server</title><style>${STYLE}</style></head>
<body><h1>MLflow tracking server</h1>
<p>This is the tracking server of MLflow Workbench. It speaks MLflow&#39;s REST API. To look at runs, open their folder
in VS Code with the extension of that name.</p>
${body}</body></html>
`;
}

function escaped(text: string): string {
  const names: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => names[character] ?? character);
}
