import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { FIRST_PAGE, ShowAll } from '../../shared/components/ShowAll.js';
import { t } from '../../shared/strings.js';
import { usePage } from '../context.js';
import { openArtifact } from '../messages.js';
import { ArtifactLine } from './ArtifactLine.js';
import { treeAction } from './treeKeys.js';
import { visibleLines } from './visibleNodes.js';

/** Folders that expand and files that open, by mouse and by keys, as in VS Code's own trees. */
export function ArtifactTree() {
  const { model, view } = usePage();
  const focused = useSignal<string | undefined>(undefined);
  const isExpanded = (path: string): boolean => view.isExpanded(folderId(path), false);
  const lines = visibleLines(model.folders.value, isExpanded);
  useLoaded(lines.flatMap((line) => (line.kind === 'loading' ? [line.folder] : [])));

  const toggle = (path: string): void => view.setExpanded(folderId(path), !isExpanded(path));
  const activate = (path: string, isDirectory: boolean): void => {
    focused.value = path;
    if (isDirectory) toggle(path);
    else openArtifact(path);
  };
  const tree = useRef<HTMLUListElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const action = treeAction(event.key, focused.value ?? '', lines);
    if (!action || (event.target as Element).closest('[role=treeitem]') !== event.target) return;
    event.preventDefault();
    if (action.type === 'toggle') toggle(action.path);
    else if (action.type === 'open') openArtifact(action.path);
    else focusItem(tree.current, action.path);
  };

  const shown = view.whole.value.has('artifacts') ? lines : lines.slice(0, FIRST_PAGE);
  const entries = shown.flatMap((line) => (line.kind === 'entry' ? [line.entry.path] : []));
  // One line takes part in the order of Tab: the one that had the focus, else the first.
  const tabStop = entries.find((path) => path === focused.value) ?? entries[0];
  return (
    <>
      <ul class="tree" role="tree" aria-label={t('artifacts')} ref={tree} onKeyDown={onKeyDown}>
        {shown.map((line) => (
          <ArtifactLine
            key={line.kind === 'entry' ? line.entry.path : `${line.folder}/:${line.kind}`}
            line={line}
            inTabOrder={line.kind === 'entry' && line.entry.path === tabStop}
            onActivate={activate}
            onFocus={(path) => (focused.value = path)}
            onRetry={(path) => model.reloadFolder(path)}
          />
        ))}
      </ul>
      <ShowAll shown={shown.length} total={lines.length} onShowAll={() => view.showWhole('artifacts')} />
    </>
  );
}

/** Folders are kept among the expanded things of the page under a name of their own. */
function folderId(path: string): string {
  return `folder:${path}`;
}

/** Asks for folders that are shown but not known, such as those that were open before a reload. */
function useLoaded(folders: readonly string[]): void {
  const { model } = usePage();
  useEffect(() => {
    for (const folder of folders) model.loadFolder(folder);
  }, [model, folders.join('\n')]);
}

function focusItem(tree: Element | null, path: string): void {
  tree?.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"]`)?.focus();
}
