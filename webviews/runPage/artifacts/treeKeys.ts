import type { TreeLine } from './visibleNodes.js';

type Entry = Extract<TreeLine, { kind: 'entry' }>;

/** What a key does in a tree, as in VS Code's own. */
export type TreeAction =
  | { readonly type: 'focus'; readonly path: string }
  | { readonly type: 'toggle'; readonly path: string }
  | { readonly type: 'open'; readonly path: string };

/** What `key` does on the entry `focused`, or undefined where it does nothing. */
export function treeAction(key: string, focused: string, lines: readonly TreeLine[]): TreeAction | undefined {
  const entries = lines.filter((line): line is Entry => line.kind === 'entry');
  const index = entries.findIndex(({ entry }) => entry.path === focused);
  const here = entries[index];
  if (!here) return undefined;
  const { path, isDirectory } = here.entry;
  const focus = (line: Entry | undefined): TreeAction | undefined =>
    line && { type: 'focus', path: line.entry.path };
  switch (key) {
    case 'ArrowDown':
      return focus(entries[index + 1]);
    case 'ArrowUp':
      return focus(entries[index - 1]);
    case 'Home':
      return focus(entries[0]);
    case 'End':
      return focus(entries.at(-1));
    case 'ArrowRight':
      if (!isDirectory) return undefined;
      if (!here.expanded) return { type: 'toggle', path };
      return entries[index + 1]?.level === here.level + 1 ? focus(entries[index + 1]) : undefined;
    case 'ArrowLeft':
      if (here.expanded) return { type: 'toggle', path };
      return focus(entries.slice(0, index).findLast((line) => line.level < here.level));
    case 'Enter':
    case ' ':
      return { type: isDirectory ? 'toggle' : 'open', path };
    default:
      return undefined;
  }
}
