/** Every command of the extension. `package.json` contributes exactly these; a contract test holds both in step. */
export const Commands = {
  startTracking: 'mlflowWorkbench.startTracking',
  stopTracking: 'mlflowWorkbench.stopTracking',
  openStore: 'mlflowWorkbench.openStore',
  closeStore: 'mlflowWorkbench.closeStore',
  createSampleProject: 'mlflowWorkbench.createSampleProject',
  addToGitignore: 'mlflowWorkbench.addToGitignore',
  showTrackingStatus: 'mlflowWorkbench.showTrackingStatus',
  showOutput: 'mlflowWorkbench.showOutput',
  refresh: 'mlflowWorkbench.refresh',
  retry: 'mlflowWorkbench.retry',
  loadMore: 'mlflowWorkbench.loadMore',
  chooseMetric: 'mlflowWorkbench.chooseMetric',
  openRun: 'mlflowWorkbench.openRun',
  openArtifact: 'mlflowWorkbench.openArtifact',
  copyRunId: 'mlflowWorkbench.copyRunId',
  copyValue: 'mlflowWorkbench.copyValue',
  copyTrackingUri: 'mlflowWorkbench.copyTrackingUri',
  aboutDatabase: 'mlflowWorkbench.aboutDatabase',
  upgradeDatabase: 'mlflowWorkbench.upgradeDatabase',
  revealBackup: 'mlflowWorkbench.revealBackup',
  deleteBackup: 'mlflowWorkbench.deleteBackup',
} as const;

export type Command = (typeof Commands)[keyof typeof Commands];
