import type { WorkspaceFolder } from 'vscode';
import { workspace } from 'vscode';
import { Emitter, type Event } from '../../core/base/event.js';
import type { Disposable } from '../../core/base/disposable.js';
import { ContextKeys } from '../../manifest/contextKeys.js';
import { setContextKey } from '../platform/contextKeys.js';
import type { WorkspaceMemory } from '../platform/workspaceMemory.js';

/** The workspace folders for which "Start tracking here" was chosen. */
export class TrackedFolders implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange: Event<void> = this.changed.event;

  constructor(private readonly memory: WorkspaceMemory) {
    this.publish();
  }

  has(folder: WorkspaceFolder): boolean {
    return this.memory.get('tracking.folders').includes(folder.uri.toString());
  }

  /** Those of the folders that are open now. */
  get open(): readonly WorkspaceFolder[] {
    return (workspace.workspaceFolders ?? []).filter((folder) => this.has(folder));
  }

  async set(folder: WorkspaceFolder, tracked: boolean): Promise<void> {
    await this.memory.toggle('tracking.folders', folder.uri.toString(), tracked);
    this.publish();
    this.changed.fire();
  }

  private publish(): void {
    void setContextKey(ContextKeys.tracking, this.open.length > 0);
  }

  dispose(): void {
    this.changed.dispose();
  }
}
