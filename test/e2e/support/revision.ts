import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The schema revision of the `mlflow.db` in a folder. */
export function revisionOf(folder: string): unknown {
  const database = new DatabaseSync(join(folder, 'mlflow.db'), { readOnly: true });
  try {
    return database.prepare('SELECT version_num FROM alembic_version').get()?.version_num;
  } finally {
    database.close();
  }
}

/** Gives the `mlflow.db` in a folder a revision that no release of MLflow has. */
export function makeRevisionUnknown(folder: string): void {
  const database = new DatabaseSync(join(folder, 'mlflow.db'));
  try {
    database.exec("UPDATE alembic_version SET version_num = 'ffffffffffff'");
  } finally {
    database.close();
  }
}
