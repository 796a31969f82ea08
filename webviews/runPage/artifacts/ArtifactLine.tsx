import { formatBytes } from '../../../src/core/domain/format.js';
import { Icon } from '../../shared/components/Icon.js';
import { t } from '../../shared/strings.js';
import { fileIcon } from './fileIcon.js';
import type { TreeLine } from './visibleNodes.js';

interface ArtifactLineProps {
  readonly line: TreeLine;
  readonly inTabOrder: boolean;
  readonly onActivate: (path: string, isDirectory: boolean) => void;
  readonly onFocus: (path: string) => void;
  readonly onRetry: (folder: string) => void;
}

/** One line of the tree of artifacts. */
export function ArtifactLine({ line, inTabOrder, onActivate, onFocus, onRetry }: ArtifactLineProps) {
  if (line.kind !== 'entry') return <FolderNote line={line} onRetry={onRetry} />;
  const { entry, name, level, expanded, position, siblings } = line;
  return (
    <li
      class="row tree-row"
      role="treeitem"
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-expanded={entry.isDirectory ? expanded : undefined}
      tabIndex={inTabOrder ? 0 : -1}
      data-path={entry.path}
      title={entry.path}
      onClick={() => onActivate(entry.path, entry.isDirectory)}
      onFocus={() => onFocus(entry.path)}
    >
      <Indent level={level} />
      {entry.isDirectory ? (
        <Icon name={expanded ? 'chevron-down' : 'chevron-right'} class="twistie" />
      ) : (
        <span class="twistie" />
      )}
      <Icon name={entry.isDirectory ? (expanded ? 'folder-opened' : 'folder') : fileIcon(name)} />
      <span class="ellipsis">{name}</span>{' '}
      {entry.size === undefined ? null : <span class="faint tabular push">{formatBytes(entry.size)}</span>}
    </li>
  );
}

/** Stands in a folder in place of its entries. */
function FolderNote({
  line,
  onRetry,
}: {
  line: Exclude<TreeLine, { kind: 'entry' }>;
  onRetry: (folder: string) => void;
}) {
  if (line.kind === 'failed') {
    return (
      <li role="none" class="tree-note failed">
        <Indent level={line.level} />
        <Icon name="error" />
        <span role="alert">{t('artifactsFailed', { message: line.message ?? '' })}</span>
        <button type="button" class="link-button" onClick={() => onRetry(line.folder)}>
          {t('tryAgain')}
        </button>
      </li>
    );
  }
  const text = line.kind === 'loading' ? 'loading' : line.folder === '' ? 'artifactsEmpty' : 'folderEmpty';
  return (
    <li role="none" class="tree-note">
      <Indent level={line.level} />
      {line.kind === 'loading' ? <Icon name="loading" spin /> : null}
      <span>{t(text)}</span>
    </li>
  );
}

/** A guide for each folder that a line is in. */
function Indent({ level }: { level: number }) {
  return Array.from({ length: level - 1 }, (_, index) => (
    <span key={index} class="indent" aria-hidden="true" />
  ));
}
