import type { Memento } from 'vscode';

/** What is remembered for a workspace, by key. */
export interface Remembered {
  /** URIs of the folders for which tracking was switched on. */
  readonly 'tracking.folders': readonly string[];
  /** Paths of the databases that were opened by hand. */
  readonly 'stores.opened': readonly string[];
  /** Pages of runs that are open, as `<store key>/<run id>`. */
  readonly 'runPages.open': readonly string[];
  /** URIs of the folders for which the `.gitignore` is not to be offered again. */
  readonly 'gitignore.declined': readonly string[];
  /** URIs of the folders whose notebooks are not to say that their kernels have no tracking URI. */
  readonly 'notebookHint.declined': readonly string[];
}

/** The workspace's state, typed by its keys. */
export class WorkspaceMemory {
  constructor(private readonly memento: Memento) {}

  get<K extends keyof Remembered>(key: K): Remembered[K] {
    return this.memento.get<Remembered[K]>(key, []);
  }

  async set<K extends keyof Remembered>(key: K, value: Remembered[K]): Promise<void> {
    await this.memento.update(key, value.length === 0 ? undefined : value);
  }

  /** Adds an entry or takes it out. */
  async toggle(key: keyof Remembered, entry: string, present: boolean): Promise<void> {
    const others = this.get(key).filter((each) => each !== entry);
    await this.set(key, present ? [...others, entry] : others);
  }
}
