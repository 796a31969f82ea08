// Shows the built run page outside of VS Code. Build first (node esbuild.mjs).
//   node scripts/preview-webview.mjs                 serves it until interrupted, and prints the address
//   node scripts/preview-webview.mjs --screenshots   takes pictures of every scenario and theme
// Pictures land in .cache/screenshots/runPage. Fails when a page reports an error or breaks its own policy.
import './bootstrap.mjs';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { screenshots } from './lib/paths.mjs';
import { setupChromium } from './setup-chromium.mjs';

// These read the tests' fixtures, in TypeScript, which needs the Node that bootstrap.mjs has changed to.
const { scenarios } = await import('./preview/scenarios.mjs');
const { startPreview, themes } = await import('./preview/server.mjs');

/** Scenario, theme and width of each picture: everything in the dark theme, the fullest page in all. */
const pictures = [
  ...Object.keys(scenarios).map((scenario) => [scenario, 'dark', 1280]),
  ...themes.slice(1).flatMap((theme) => [
    ['finished', theme, 1280],
    ['outdated', theme, 1280],
  ]),
  ['finished', 'dark', 520],
  ['finished', 'dark', 1080],
  ['finished', 'light', 400],
  ['finished', 'highContrast', 400],
  ['sampled', 'light', 860],
];

async function takePictures(address) {
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({
    executablePath: await setupChromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : ['--disable-gpu'],
  });
  const folder = join(screenshots, 'runPage');
  mkdirSync(folder, { recursive: true });
  const problems = [];
  for (const [scenario, theme, width] of pictures) {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(`${scenario} ${theme}: ${message.text()}`);
    });
    page.on('pageerror', (error) => problems.push(`${scenario} ${theme}: ${error.message}`));
    await page.goto(`${address}/${scenario}/${theme}`);
    await page.waitForTimeout(scenario === 'running' ? 2500 : 600);
    const fullPage = scenario !== 'large';
    await page.screenshot({ path: join(folder, `${scenario}-${theme}-${width}.png`), fullPage });
    await page.close();
  }
  await browser.close();
  return problems;
}

const { server, address } = await startPreview(Number(process.env.PORT ?? 0));
if (process.argv.includes('--screenshots')) {
  const problems = await takePictures(address);
  server.close();
  for (const problem of new Set(problems)) process.stderr.write(`${problem}\n`);
  process.exitCode = problems.length > 0 ? 1 : 0;
} else {
  process.stdout.write(`${address}\n`);
}
