import { act } from 'preact/test-utils';

/** Roles that HTML elements have by themselves, as far as the page uses them. */
const OWN_ROLES: Readonly<Record<string, string>> = {
  button: 'button',
  h1: 'heading',
  h2: 'heading',
  header: 'banner',
  main: 'main',
  nav: 'navigation',
  section: 'region',
};

export function roleOf(element: Element): string | undefined {
  return element.getAttribute('role') ?? OWN_ROLES[element.localName];
}

/** The name that a screen reader says, by the rules that the page relies on. */
export function nameOf(element: Element): string {
  const labelledBy = element.getAttribute('aria-labelledby');
  const label = labelledBy ? document.getElementById(labelledBy) : undefined;
  return normal(element.getAttribute('aria-label') ?? label?.textContent ?? element.textContent);
}

export function normal(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Elements of a role, in order, whose name is or matches `name`. */
export function allByRole(
  role: string,
  name?: string | RegExp,
  within: ParentNode = document,
): HTMLElement[] {
  return [...within.querySelectorAll<HTMLElement>('*')].filter(
    (element) =>
      roleOf(element) === role &&
      (name === undefined ||
        (typeof name === 'string' ? nameOf(element) === name : name.test(nameOf(element)))),
  );
}

/** The one element of this role and name. */
export function byRole(role: string, name?: string | RegExp, within?: ParentNode): HTMLElement {
  const [element, ...more] = allByRole(role, name, within);
  if (!element || more.length > 0) {
    throw new Error(`${element ? more.length + 1 : 'No'} elements of role ${role} are named ${String(name)}`);
  }
  return element;
}

export function click(element: HTMLElement): Promise<void> {
  return act(() => element.click());
}

export function type(box: HTMLElement, text: string): Promise<void> {
  return act(() => {
    (box as HTMLInputElement).value = text;
    box.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

/** Presses a key where the focus is. */
export function press(key: string): Promise<void> {
  return act(() => {
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
    );
  });
}

export function focus(element: HTMLElement): Promise<void> {
  return act(() => element.focus());
}

/** The texts of a table's rows without its heading, cell by cell; rows of charts are left out. */
export function rowsOf(table: HTMLElement): string[][] {
  return [...table.querySelectorAll('tbody > tr:not(.chart-row)')].map((row) =>
    [...row.children].map((cell) => normal(cell.textContent)),
  );
}
