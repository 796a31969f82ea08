import type { ArtifactEntry } from '../../../src/core/domain/artifact.js';
import type { FolderState } from '../model.js';
import { compareNames } from '../names.js';

/** A line of the tree: something in it, or what is to be said of a folder. */
export type TreeLine =
  | {
      readonly kind: 'entry';
      readonly entry: ArtifactEntry;
      readonly name: string;
      /** 1 at the root. */
      readonly level: number;
      readonly expanded: boolean;
      readonly position: number;
      readonly siblings: number;
    }
  | {
      readonly kind: 'loading' | 'empty' | 'failed';
      readonly folder: string;
      readonly level: number;
      readonly message?: string;
    };

/**
 * The lines of the tree from top to bottom: folders before files, in order of their names.
 * @param folders what is known, by path; '' is the root
 */
export function visibleLines(
  folders: ReadonlyMap<string, FolderState>,
  isExpanded: (path: string) => boolean,
  folder = '',
  level = 1,
): TreeLine[] {
  const state = folders.get(folder);
  if (state?.failure !== undefined) return [{ kind: 'failed', folder, level, message: state.failure }];
  if (!state?.entries) return [{ kind: 'loading', folder, level }];
  if (state.entries.length === 0) return [{ kind: 'empty', folder, level }];
  const sorted = [...state.entries].sort(
    (a, b) => Number(b.isDirectory) - Number(a.isDirectory) || compareNames(a.path, b.path),
  );
  return sorted.flatMap((entry, index): TreeLine[] => {
    const expanded = entry.isDirectory && isExpanded(entry.path);
    const name = entry.path.slice(entry.path.lastIndexOf('/') + 1);
    const line = {
      kind: 'entry',
      entry,
      name,
      level,
      expanded,
      position: index + 1,
      siblings: sorted.length,
    } as const;
    return expanded ? [line, ...visibleLines(folders, isExpanded, entry.path, level + 1)] : [line];
  });
}
