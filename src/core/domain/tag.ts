/** A tag of an experiment, a run, a model or an input. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** Tags that MLflow's clients set and that this project reads, by their meaning. */
export const SYSTEM_TAGS = {
  runName: 'mlflow.runName',
  parentRunId: 'mlflow.parentRunId',
  user: 'mlflow.user',
  note: 'mlflow.note.content',
  sourceName: 'mlflow.source.name',
  sourceType: 'mlflow.source.type',
  gitCommit: 'mlflow.source.git.commit',
  gitBranch: 'mlflow.source.git.branch',
  gitRepoUrl: 'mlflow.source.git.repoURL',
  loggedModelHistory: 'mlflow.log-model.history',
  autologging: 'mlflow.autologging',
  modelVersions: 'mlflow.modelVersions',
} as const;

/** The value of the tag `key`, if there is one. */
export function tagValue(tags: readonly Tag[], key: string): string | undefined {
  return tags.find((tag) => tag.key === key)?.value;
}
