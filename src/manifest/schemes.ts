/** The scheme of artifacts in editors. */
export const ARTIFACT_SCHEME = 'mlflow-workbench-artifact';
