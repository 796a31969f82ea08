/** Context keys that `when` clauses of package.json read. */
export const ContextKeys = {
  /** Whether any store is open in the explorer. */
  hasStores: 'mlflowWorkbench.hasStores',
  /** Whether tracking is switched on in any folder of the workspace. */
  tracking: 'mlflowWorkbench.tracking',
} as const;

/** Values of `viewItem` in the explorer; `when` clauses read these too. */
export const TreeContexts = {
  store: 'store',
  trackedStore: 'store.tracked',
  experiment: 'experiment',
  run: 'run',
  value: 'value',
  artifactFile: 'artifact.file',
  artifactFolder: 'artifact.folder',
} as const;
