import { type Page } from 'playwright-core';

/** The integrated terminal. Its text can be read because the tests have it drawn as elements, not on a canvas. */
export class Terminal {
  private readonly page: Page;
  private readonly runCommand: (title: string) => Promise<void>;

  constructor(page: Page, runCommand: (title: string) => Promise<void>) {
    this.page = page;
    this.runCommand = runCommand;
  }

  /** Opens a new terminal and waits for its prompt. */
  async open(): Promise<void> {
    const before = await this.page.locator('.terminal-wrapper').count();
    await this.runCommand('Terminal: Create New Terminal');
    await this.page.locator('.terminal-wrapper').nth(before).waitFor({ state: 'attached' });
    await this.waitFor(/[$#] *$/m);
  }

  /** Types a line and Enter. */
  async type(line: string): Promise<void> {
    await this.page.locator('.terminal-wrapper.active .xterm-helper-textarea').focus();
    await this.page.keyboard.type(line);
    await this.page.keyboard.press('Enter');
  }

  /** What the active terminal shows now, a line for each row. */
  async text(): Promise<string> {
    const lines = await this.page.locator('.terminal-wrapper.active .xterm-rows > div').allTextContents();
    return lines
      .map((line) => line.replaceAll('\u00a0', ' ').trimEnd())
      .join('\n')
      .trimEnd();
  }

  /** Waits until the terminal shows a text that matches. Rejects with what it shows after `timeout` milliseconds. */
  async waitFor(pattern: RegExp, timeout = 30_000): Promise<string> {
    const until = Date.now() + timeout;
    for (;;) {
      const text = await this.text();
      if (pattern.test(text)) return text;
      if (Date.now() > until) throw new Error(`The terminal does not show ${pattern.source}:\n${text}`);
      await this.page.waitForTimeout(200);
    }
  }
}
