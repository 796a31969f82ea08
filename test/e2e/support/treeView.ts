import { type Locator, type Page } from 'playwright-core';

/** One visible row of a tree. */
export interface TreeRow {
  readonly label: string;
  readonly description: string;
  /** 1 for the rows at the top. */
  readonly level: number;
  /** Undefined for rows that have no children. */
  readonly expanded: boolean | undefined;
  readonly ariaLabel: string;
}

/** What is read of a row's element; the tests are compiled without the types of a page. */
interface RowElement {
  getAttribute(name: string): string | null;
  getBoundingClientRect(): { readonly top: number };
  querySelector(selector: string): { readonly textContent: string | null } | null;
}

/** A tree view in the side bar. Rows scrolled out of sight are not in the page: VS Code draws only what is seen. */
export class TreeView {
  private readonly view: Locator;

  constructor(page: Page, title: string) {
    this.view = page
      .locator('.split-view-view', { has: page.locator(`.pane-header[aria-label^="${title}"]`) })
      .last();
  }

  /** The rows from top to bottom. */
  rows(): Promise<TreeRow[]> {
    return this.view.locator('[role=treeitem]').evaluateAll((elements: RowElement[]) => {
      const text = (row: RowElement, selector: string): string =>
        row.querySelector(selector)?.textContent?.trim() ?? '';
      const inOrder = elements.sort(
        (one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top,
      );
      return inOrder.map((row) => {
        const expanded = row.getAttribute('aria-expanded');
        return {
          label: text(row, '.label-name'),
          description: text(row, '.label-description'),
          level: Number(row.getAttribute('aria-level')),
          expanded: expanded === null ? undefined : expanded === 'true',
          ariaLabel: row.getAttribute('aria-label') ?? '',
        };
      });
    });
  }

  /** The first row whose label is this text, or matches it. */
  row(label: string | RegExp): Locator {
    const name = typeof label === 'string' ? new RegExp(`^\\s*${escapeRegExp(label)}\\s*$`) : label;
    const labelOfRow = this.view.page().locator('.label-name').filter({ hasText: name });
    return this.view.locator('[role=treeitem]').filter({ has: labelOfRow }).first();
  }

  /** Opens a row unless it is open, and waits until it says so. */
  async expand(label: string | RegExp): Promise<void> {
    const row = this.row(label);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) !== 'true') {
      await row.locator('.monaco-tl-twistie').click();
      await this.view.locator('[role=treeitem][aria-expanded=true]').and(row).waitFor();
    }
  }

  /** Goes down with the arrow key from the first row to the one with this label; the tree has to have the focus. */
  async goTo(label: string): Promise<void> {
    const page = this.view.page();
    await page.keyboard.press('Home');
    for (let steps = await this.view.locator('[role=treeitem]').count(); steps >= 0; steps -= 1) {
      const focused = this.view.locator('[role=treeitem].focused .label-name');
      if ((await focused.innerText()).trim() === label) return;
      await page.keyboard.press('ArrowDown');
    }
    throw new Error(`No key leads to ${label}.`);
  }

  /** Presses the button with this name at the end of a row. */
  async inlineAction(label: string | RegExp, action: string): Promise<void> {
    const row = this.row(label);
    await row.hover();
    await row.locator('.actions').getByRole('button', { name: action }).click();
  }

  /** Chooses from the context menu of the row whose label and description match. */
  async contextMenu(label: string | RegExp, action: string, description = ''): Promise<void> {
    const page = this.view.page();
    await this.view
      .locator('[role=treeitem]')
      .filter({ hasText: label })
      .filter({ hasText: description })
      .first()
      .click({ button: 'right' });
    const item = page.locator('.context-view .monaco-menu').getByRole('menuitem', { name: action });
    await item.waitFor();
    // A menu that has just opened does not answer to the mouse yet.
    for (let attempts = 0; attempts < 5 && (await item.isVisible()); attempts += 1) {
      await item.click({ timeout: 1_000 }).catch(() => undefined);
      await page.waitForTimeout(300);
    }
  }

  /** A button of the welcome content that an empty view shows. */
  welcomeButton(name: string): Locator {
    return this.view.locator('.welcome-view-content').getByRole('button', { name });
  }

  /** The sentences of the welcome content. */
  welcomeText(): Promise<string> {
    return this.view.locator('.welcome-view-content').innerText();
  }

  /** A button in the view's title bar, which is the side bar's while the view is alone there. */
  titleAction(name: string): Locator {
    return this.view.page().locator('.part.sidebar > .title').getByRole('button', { name });
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
