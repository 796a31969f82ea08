// VS Code's window as a person sees it.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Locator, type Page } from 'playwright-core';
import { Notifications } from './notifications.js';
import { Terminal } from './terminal.js';
import { TreeView } from './treeView.js';
import { webviewFrame } from './webviewFrame.js';

const screenshots = join(import.meta.dirname, '..', '..', '..', '.cache', 'screenshots');

/** Theme names by the word that ends a screenshot's file name, with the class that the workbench carries then. */
const themes = {
  dark: { name: 'Dark Modern', cssClass: 'vs-dark' },
  light: { name: 'Light Modern', cssClass: 'vs' },
  highContrast: { name: 'Dark High Contrast', cssClass: 'hc-black' },
} as const;
export type Theme = keyof typeof themes;
const everyTheme: readonly Theme[] = ['dark', 'light', 'highContrast'];

export class Workbench {
  readonly page: Page;
  readonly notifications: Notifications;
  readonly terminal: Terminal;
  private theme: Theme = 'dark';

  constructor(page: Page) {
    this.page = page;
    this.notifications = new Notifications(page);
    this.terminal = new Terminal(page, (title) => this.runCommand(title));
  }

  /** Resolves when the window is drawn and its extension host answers. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    await this.page.locator('.explorer-folders-view').first().waitFor({ timeout: 60_000 });
  }

  /**
   * Runs a command by its title in the command palette ("MLflow: Refresh"). A key that is pressed while the window
   * still starts is lost, and a palette closes when something else takes the focus: so it is tried again.
   */
  async runCommand(title: string): Promise<void> {
    const row = this.quickRows().filter({ hasText: title }).first();
    const attempt = async (): Promise<void> => {
      await this.page.keyboard.press('F1');
      await this.quickInput().fill(`>${title}`, { timeout: 2_000 });
      await row.click({ timeout: 5_000 });
    };
    for (let attempts = 0; attempts < 4; attempts += 1) {
      const done = await attempt().then(
        () => true,
        () => false,
      );
      if (done) return;
      await this.page.keyboard.press('Escape');
    }
    await attempt();
  }

  /** Picks the entry with this text in the quick pick that is open. */
  async pick(text: string | RegExp): Promise<void> {
    await this.quickRows().filter({ hasText: text }).first().click();
  }

  /** The texts of the quick pick that is open. */
  async quickPickEntries(): Promise<string[]> {
    await this.quickRows().first().waitFor();
    return this.quickRows().allInnerTexts();
  }

  /** Types into the quick pick that is open, in place of what stands there. */
  async typeInQuickPick(text: string): Promise<void> {
    await this.quickInput().fill(text);
  }

  /** Presses a button of the first entry of the quick pick that is open. */
  async pressInQuickPick(button: string): Promise<void> {
    await this.quickRows().first().hover();
    await this.quickRows().first().getByRole('button', { name: button }).click();
  }

  /** Opens a view container by its title in the activity bar; one that is open stays so. */
  async openViewContainer(title: string): Promise<void> {
    const tab = this.page.locator('.part.activitybar').getByRole('tab', { name: title });
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    await this.page.locator('.part.sidebar .title').filter({ hasText: title }).first().waitFor();
  }

  /** The tree (or welcome content) of a view by its title. */
  tree(title: string): TreeView {
    return new TreeView(this.page, title);
  }

  /** Status bar entries that contain the text. */
  statusEntry(text: string | RegExp): Locator {
    return this.page.locator('.part.statusbar .statusbar-item').filter({ hasText: text });
  }

  /** The tab of an editor or webview panel. */
  tab(name: string | RegExp): Locator {
    return this.page.locator('.part.editor').getByRole('tab', { name });
  }

  /** The text in the clipboard. */
  clipboard(): Promise<string> {
    return this.page.evaluate<string>('navigator.clipboard.readText()');
  }

  /**
   * Types a path into VS Code's own dialog for files, and confirms it. The dialog writes the folder that it starts in
   * once it has listed it, over what was typed until then: so it is typed until it stays.
   */
  async enterPath(path: string): Promise<void> {
    const dialog = this.page
      .locator('.quick-input-widget')
      .filter({ has: this.page.locator('.quick-input-action') });
    const input = dialog.locator('input[type=text]').first();
    await input.waitFor();
    for (let attempt = 0; attempt < 20 && (await dialog.isVisible()); attempt += 1) {
      if ((await input.inputValue()) === path) {
        await dialog.getByRole('button', { name: 'OK' }).click();
      } else {
        await input.fill(path);
      }
      await this.page.waitForTimeout(500);
    }
    await dialog.waitFor({ state: 'hidden' });
  }

  /** All of the text in the editor that shows `part`, taken as a person would: select all, copy. */
  async editorText(part: string): Promise<string> {
    const editor = this.page.locator('.part.editor .editor-instance .view-lines').first();
    await editor.click();
    for (;;) {
      await this.page.keyboard.press('ControlOrMeta+A');
      await this.page.keyboard.press('ControlOrMeta+C');
      const text = await this.clipboard();
      if (text.includes(part)) return text;
      await this.page.waitForTimeout(200);
    }
  }

  /** The document inside the webview that contains this text. */
  webview(text: string | RegExp): ReturnType<typeof webviewFrame> {
    return webviewFrame(this.page, text);
  }

  /** Chooses a colour theme in VS Code's own picker. */
  async setTheme(theme: Theme): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.quickInput().fill(themes[theme].name);
    await this.pick(new RegExp(`^${themes[theme].name}`));
    await this.page.locator(`.monaco-workbench.${themes[theme].cssClass}`).waitFor();
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    this.theme = theme;
  }

  /** Keeps a picture of the window as `.cache/screenshots/<name>-<theme>.png`. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(screenshots, { recursive: true });
    await this.page.screenshot({ path: join(screenshots, `${name}-${this.theme}.png`) });
  }

  /** Keeps a picture in each theme and goes back to the dark one. */
  async screenshotInEveryTheme(name: string): Promise<void> {
    for (const theme of [...everyTheme.filter((each) => each !== 'dark'), 'dark'] as const) {
      await this.setTheme(theme);
      // Away from what would answer with a hover: the picker that was clicked has closed.
      await this.page.mouse.move(0, 0);
      // Webviews and codicons take the new colours a moment after the window.
      await this.page.waitForTimeout(500);
      await this.screenshot(name);
    }
  }

  private quickInput(): Locator {
    return this.page.locator('.quick-input-widget input[type=text]').first();
  }

  private quickRows(): Locator {
    return this.page.locator('.quick-input-widget .quick-input-list .monaco-list-row');
  }
}
