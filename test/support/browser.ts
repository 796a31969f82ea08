// A headless Chromium for the tests that drive VS Code in the browser.
import { type BrowserContext, chromium } from 'playwright-core';

const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface BrowserOptions {
  /** Path of the browser, as scripts/setup-chromium.mjs returns it. */
  readonly executable: string;
  /** New folder for its profile. */
  readonly profile: string;
  readonly size?: { readonly width: number; readonly height: number };
}

/** Starts a browser with a profile of its own. Root has no user namespaces for Chromium's sandbox. */
export function launchBrowser(options: BrowserOptions): Promise<BrowserContext> {
  const root = process.getuid?.() === 0;
  return chromium.launchPersistentContext(options.profile, {
    executablePath: options.executable,
    headless: true,
    args: root ? [...flags, '--no-sandbox'] : flags,
    viewport: options.size ?? { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
}
