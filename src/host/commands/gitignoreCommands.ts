import { writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { l10n, type WorkspaceFolder } from 'vscode';
import { ignoresFile, missingGitignoreLines, withGitignoreLines } from '../../core/tracking/gitignore.js';
import { isFile, isFolder, readTextIfThere } from '../platform/files.js';
import { inform } from '../platform/notify.js';
import type { WorkspaceMemory } from '../platform/workspaceMemory.js';
import { pickFolder } from './pickFolder.js';

/** Keeping a store out of git. */
export class GitignoreCommands {
  constructor(private readonly memory: WorkspaceMemory) {}

  /** Adds what is missing, and says so when nothing is. */
  readonly add = async (): Promise<void> => {
    const folder = await pickFolder(undefined);
    if (folder && !(await addToGitignore(folder.uri.fsPath))) {
      void inform(l10n.t('The store of {0} is ignored by git already.', folder.name));
    }
  };

  /** Offers to keep the store out of git, where it is not yet and the person has not declined. */
  async offer(folder: WorkspaceFolder): Promise<void> {
    const key = folder.uri.toString();
    const declined = this.memory.get('gitignore.declined').includes(key);
    if (declined || (await linesToAdd(folder.uri.fsPath)).length === 0) {
      return;
    }
    await inform(
      l10n.t('Add mlflow.db and mlruns to the .gitignore of {0}?', folder.name),
      { title: l10n.t('Add'), run: () => addToGitignore(folder.uri.fsPath) },
      { title: l10n.t('Not Now'), run: () => undefined },
      { title: l10n.t("Don't Ask Again"), run: () => this.memory.toggle('gitignore.declined', key, true) },
    );
  }
}

/** Whether git would keep a file that it should not: it lies in a repository, and no `.gitignore` names it. */
export async function isSeenByGit(file: string): Promise<boolean> {
  const files = await gitignoresFor(dirname(file));
  const texts = await Promise.all(files.map(async (each) => (await readTextIfThere(each)) ?? ''));
  return files.length > 0 && !texts.some((text) => ignoresFile(text, basename(file)));
}

/** Adds a file to the `.gitignore` beside it. */
export async function hideFromGit(file: string): Promise<void> {
  const path = join(dirname(file), '.gitignore');
  const text = (await readTextIfThere(path)) ?? '';
  await writeFile(path, withGitignoreLines(text, [`/${basename(file)}`], 'Settings of this machine'));
}

/** The `.gitignore` files from a folder up to its repository's root; none outside of a repository. */
async function gitignoresFor(folder: string): Promise<string[]> {
  const files: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    files.push(join(at, '.gitignore'));
    if ((await isFolder(join(at, '.git'))) || (await isFile(join(at, '.git')))) {
      return files;
    }
    if (dirname(at) === at) {
      return [];
    }
  }
}

/**
 * The lines that have to be added to the `.gitignore` in a folder; none where it is in no git repository, or
 * a `.gitignore` further up covers them.
 */
async function linesToAdd(folder: string): Promise<string[]> {
  const files = await gitignoresFor(folder);
  const texts = await Promise.all(files.map(async (file) => (await readTextIfThere(file)) ?? ''));
  const missing = texts.map((text) => new Set(missingGitignoreLines(text)));
  return [...(missing[0] ?? [])].filter((line) => missing.every((lines) => lines.has(line)));
}

/** Adds what is missing; whether anything was. */
async function addToGitignore(folder: string): Promise<boolean> {
  const lines = await linesToAdd(folder);
  if (lines.length > 0) {
    const path = join(folder, '.gitignore');
    await writeFile(path, withGitignoreLines((await readTextIfThere(path)) ?? '', lines));
  }
  return lines.length > 0;
}
