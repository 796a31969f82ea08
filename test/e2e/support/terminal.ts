import { type Page } from 'playwright-core';

/** What is read of a row; the tests are compiled without the types of a page. */
interface RowElement {
  readonly textContent: string;
  readonly children: Iterable<RowElement>;
  getBoundingClientRect(): Record<'left' | 'top' | 'width' | 'height', number>;
}

/** Where the middle of a text in a row is. A row is made of pieces, each of characters of the same width. */
function middleOf(row: RowElement, text: string): { x: number; y: number } {
  const place = row.textContent.indexOf(text) + Math.floor(text.length / 2);
  let before = 0;
  for (const piece of row.children) {
    const { length } = piece.textContent;
    if (place < before + length) {
      const { left, top, width, height } = piece.getBoundingClientRect();
      return { x: left + (width * (place - before + 0.5)) / length, y: top + height / 2 };
    }
    before += length;
  }
  throw new Error(`The row is shorter than ${place} characters.`);
}

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

  /** Rests the mouse on a text of the active terminal until VS Code says this of the link there. */
  async hoverLink(text: string, meaning: string): Promise<void> {
    await this.moveTo(text);
    const hover = this.page.locator('.workbench-hover-container, .terminal-hover-widget');
    await hover.filter({ hasText: meaning }).waitFor();
  }

  /** Ctrl+clicks a text of the active terminal, which has to stand in one row. */
  async followLink(text: string): Promise<void> {
    await this.page.keyboard.down('ControlOrMeta');
    await this.moveTo(text);
    // Links are looked for when the mouse comes to rest on them.
    await this.page.locator('.terminal-wrapper.active .xterm-cursor-pointer').waitFor();
    await this.page.mouse.down();
    await this.page.mouse.up();
    await this.page.keyboard.up('ControlOrMeta');
  }

  /** Moves the mouse to the middle of the last place where this text stands. */
  private async moveTo(text: string): Promise<void> {
    const rows = this.page.locator('.terminal-wrapper.active .xterm-rows > div');
    const row = rows.filter({ hasText: text }).last();
    const { x, y } = await row.evaluate(middleOf, text);
    await this.page.mouse.move(x - 10, y);
    await this.page.mouse.move(x, y, { steps: 3 });
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
