/** The extension's settings and their defaults, as package.json contributes them. */
export const SettingDefaults = {
  /** Whether new terminals and tasks of a tracked folder log to its store. */
  'mlflowWorkbench.tracking.injectIntoTerminals': true,
  /** After how many minutes without a sign a run counts as stale whose process cannot be followed; 0 for never. */
  'mlflowWorkbench.tracking.staleAfter': 720,
  /** Whether a backup comes before the first write to a database that was not made here: see {@link BACKUP}. */
  'mlflowWorkbench.tracking.backup': 'beforeFirstWrite',
  /** The metric that a run shows beside its name; empty for the first one. */
  'mlflowWorkbench.explorer.metric': '',
  /** How many runs and experiments the explorer loads at a time. */
  'mlflowWorkbench.explorer.pageSize': 50,
  /** Which ends of runs are told of: `off`, `failed` or `all`. */
  'mlflowWorkbench.notifications.runEnd': 'failed',
  /** The Python whose `mlflow` decides the schema of a new database; empty to look for one. */
  'mlflowWorkbench.pythonPath': '',
} as const;

/** The values of the setting for backups. */
export const BACKUP = { beforeFirstWrite: 'beforeFirstWrite', off: 'off' } as const;

export type Setting = keyof typeof SettingDefaults;
export type SettingValue<K extends Setting> = (typeof SettingDefaults)[K] extends boolean
  ? boolean
  : (typeof SettingDefaults)[K] extends number
    ? number
    : string;
