/** What the name that a client gives itself tells of its connections. */
export type ClientKind =
  /** MLflow's for Python keeps its connections until its process ends. */
  | 'python'
  /** MLflow's for another language: its process writes, but may close connections at any time. */
  | 'mlflow'
  /** This project's own: it is behind no run. */
  | 'workbench'
  /** A program of which nothing is known; a connection may be one of many, and its process a helper's. */
  | 'other';

/** @param userAgent the header of that name */
export function clientKindOf(userAgent: string | undefined): ClientKind {
  if (userAgent?.startsWith('mlflow-python-client/')) {
    return 'python';
  }
  if (userAgent?.startsWith('mlflow-workbench')) {
    return 'workbench';
  }
  return userAgent?.startsWith('mlflow-') ? 'mlflow' : 'other';
}
