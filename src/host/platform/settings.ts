import { type Event, EventEmitter, type Uri, workspace, ConfigurationTarget } from 'vscode';
import type { Setting, SettingValue } from '../../manifest/settings.js';
import { SettingDefaults } from '../../manifest/settings.js';
import { type Disposable, DisposableStore } from '../../core/base/disposable.js';

/** The extension's own settings, typed by their ids. */
export class Settings implements Disposable {
  private readonly disposables = new DisposableStore();
  /** Values for the window, as long as no configuration changes: VS Code makes the whole configuration to answer one. */
  private readonly known = new Map<Setting, unknown>();
  private readonly changed = this.disposables.add(new EventEmitter<readonly Setting[]>());

  /** The settings of ours that changed. */
  readonly onDidChange: Event<readonly Setting[]> = this.changed.event;

  constructor() {
    this.disposables.add(
      workspace.onDidChangeConfiguration((event) => {
        this.known.clear();
        const keys = Object.keys(SettingDefaults) as Setting[];
        const affected = keys.filter((key) => event.affectsConfiguration(key));
        if (affected.length > 0) {
          this.changed.fire(affected);
        }
      }),
    );
  }

  /** The setting's value for a folder or file, or for the window. */
  get<K extends Setting>(setting: K, scope?: Uri): SettingValue<K> {
    const value = scope === undefined ? this.forWindow(setting) : read(setting, scope);
    const fallback = SettingDefaults[setting];
    return (typeof value === typeof fallback ? value : fallback) as SettingValue<K>;
  }

  private forWindow(setting: Setting): unknown {
    if (!this.known.has(setting)) {
      this.known.set(setting, read(setting, undefined));
    }
    return this.known.get(setting);
  }

  /** Writes a setting where it is written already, else for the workspace, else for the person. */
  async update<K extends Setting>(setting: K, value: SettingValue<K>): Promise<void> {
    const configuration = workspace.getConfiguration();
    const inWorkspace = configuration.inspect(setting)?.workspaceValue !== undefined;
    const inUser = configuration.inspect(setting)?.globalValue !== undefined;
    const toWorkspace = inWorkspace || (!inUser && workspace.workspaceFolders !== undefined);
    await configuration.update(
      setting,
      value,
      toWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global,
    );
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

function read(setting: Setting, scope: Uri | undefined): unknown {
  return workspace.getConfiguration(undefined, scope).get(setting);
}
