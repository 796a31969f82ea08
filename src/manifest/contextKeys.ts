/** Context keys that `when` clauses of package.json read. */
export const ContextKeys = {
  /** Whether any store is open in the explorer. */
  hasStores: 'mlflowWorkbench.hasStores',
  /** Whether tracking is switched on in any folder of the workspace. */
  tracking: 'mlflowWorkbench.tracking',
  /** Whether any run of an open store is stale. */
  hasStaleRuns: 'mlflowWorkbench.hasStaleRuns',
} as const;

/** Values of `viewItem` in the explorer; `when` clauses read these too. */
export const TreeContexts = {
  /** A store that lies in no folder of the workspace; further words may follow each of the three. */
  store: 'store',
  untrackedStore: 'store.untracked',
  trackedStore: 'store.tracked',
  /** Follow those for a store that cannot be written, whose schema can be upgraded, and that has a backup. */
  readOnlySuffix: '.readOnly',
  outdatedSuffix: '.outdated',
  backupSuffix: '.backup',
  /** Follows the others for a store that was opened by hand. */
  openedSuffix: '.opened',
  experiment: 'experiment',
  run: 'run',
  /** A run that is RUNNING in a store that can be written: its status can be set. */
  runningRun: 'run.running',
  /** Follows the kind of a store or an experiment that has stale runs. */
  staleSuffix: '.stale',
  value: 'value',
  artifactFile: 'artifact.file',
  artifactFolder: 'artifact.folder',
} as const;
