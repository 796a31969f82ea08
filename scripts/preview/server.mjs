// Serves the built run page as VS Code would show it: same policy, same variables, an extension's answers.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { artifactFolders, listing } from '../../test/fixtures/runPage.ts';
import { root } from '../lib/paths.mjs';
import { scenarios } from './scenarios.mjs';

export const themes = ['dark', 'light', 'highContrast', 'highContrastLight'];

const types = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
  '.map': 'application/json',
};

const theme = (name) => JSON.parse(readFileSync(join(root, 'test/fixtures/themes', `${name}.json`), 'utf8'));

/** The little that VS Code's own style sheet for webviews sets, below the page's styles. */
const webviewDefaults = `@layer vscode-default {
  html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
  body {
    margin: 0; padding: 0 20px; color: var(--vscode-editor-foreground); background: var(--vscode-editor-background);
    font: var(--vscode-font-weight) var(--vscode-font-size) var(--vscode-font-family);
  }
}`;

function themeStyles(name) {
  const variables = Object.entries(theme(name).variables).map(
    ([variable, value]) => `${variable}: ${value};`,
  );
  return `${webviewDefaults}\n:root { ${variables.join('\n')} }`;
}

function script(name) {
  const listings = Object.fromEntries(Object.keys(artifactFolders).map((path) => [path, listing(path)]));
  const data = `const scenario = ${JSON.stringify(scenarios[name])};\nconst listings = ${JSON.stringify(listings)};\n`;
  return data + readFileSync(join(root, 'scripts/preview/stub.js'), 'utf8');
}

function page(scenario, themeName) {
  const nonce = crypto.randomUUID();
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'self'; font-src 'self'; img-src 'self' data:`;
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}"><title>${scenario}</title>
    <link rel="stylesheet" href="/theme/${themeName}.css"><link rel="stylesheet" href="/dist/runPage.css">
    <script nonce="${nonce}" src="/scenario/${scenario}.js"></script></head>
    <body class="${theme(themeName).bodyClass}">
    <script nonce="${nonce}" type="module" src="/dist/runPage.js"></script></body></html>`;
}

function index() {
  const links = Object.keys(scenarios).map((scenario) => {
    const each = themes.map((name) => `<a href="/${scenario}/${name}">${name}</a>`).join(' ');
    return `<li>${scenario}: ${each}</li>`;
  });
  return `<!DOCTYPE html><title>Run page</title><ul>${links.join('')}</ul>`;
}

function respond(path) {
  const [, first = '', second = ''] = path.split('/');
  const name = second.replace(/\.\w+$/, '');
  if (path === '/favicon.ico') return ['image/png', ''];
  if (path === '/') return ['text/html', index()];
  if (first === 'theme' && themes.includes(name)) return ['text/css', themeStyles(name)];
  if (first === 'scenario' && Object.hasOwn(scenarios, name)) return ['text/javascript', script(name)];
  const type = types[second.slice(second.lastIndexOf('.'))];
  if (first === 'dist' && type) return [type, readFileSync(join(root, 'dist/webviews', second))];
  if (Object.hasOwn(scenarios, first) && themes.includes(second)) return ['text/html', page(first, second)];
  return undefined;
}

/** Listens on a free port of this machine, or on `port`; resolves with the server and its address. */
export async function startPreview(port = 0) {
  const server = createServer((request, response) => {
    const answer = respond(new URL(request.url, 'http://localhost').pathname);
    response.writeHead(answer ? 200 : 404, {
      'Content-Type': `${answer?.[0] ?? 'text/plain'}; charset=utf-8`,
    });
    response.end(answer?.[1] ?? 'Not found');
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { server, address: `http://127.0.0.1:${server.address().port}` };
}
