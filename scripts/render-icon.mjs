// Draws media/icon.png (256 x 256, for the marketplace) from media/icon.svg. Run it after changing the drawing.
import './bootstrap.mjs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { setupChromium } from './setup-chromium.mjs';

const { chromium } = await import('playwright-core');
const browser = await chromium.launch({
  executablePath: await setupChromium(),
  args: process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : ['--disable-gpu'],
});
const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
const drawing = readFileSync(join(root, 'media/icon.svg'), 'utf8');
await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${drawing}`);
await page.screenshot({ path: join(root, 'media/icon.png'), omitBackground: true });
await browser.close();
