import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import { openInlineStore } from '../../../../src/server/sqlite/openInlineStore.js';
import type { OpenStore } from '../../../../src/server/sqlite/openedStore.js';
import type { StoreOptions } from '../../../../src/server/sqlite/storeOptions.js';
import { makeTemporaryFolder } from '../../../support/temporaryFolder.js';

/** The revision of MLflow 2.9, which knows no logged models. */
export const REVISION_OF_2_9 = 'acf3f17fdcc7';

/** A folder that lives as long as the test. */
export function testFolder(): string {
  const folder = makeTemporaryFolder();
  onTestFinished(() => folder.remove());
  return folder.path;
}

/** Where a test's database goes. */
export function testPath(): string {
  return join(testFolder(), 'mlflow.db');
}

/** A store that is closed when the test ends. */
export function openTestStore(path: string, options: Partial<StoreOptions> = {}): OpenStore {
  const opened = openInlineStore({ path, ...options });
  onTestFinished(() => opened.close());
  return opened;
}

/** Another process's view of a database: a connection that is closed when the test ends. */
export function otherConnection(path: string): DatabaseSync {
  const connection = new DatabaseSync(path);
  onTestFinished(() => {
    if (connection.isOpen) {
      connection.close();
    }
  });
  return connection;
}

/** The one value of a statement. */
export function valueOf(path: string, sql: string): unknown {
  const connection = new DatabaseSync(path, { readOnly: true });
  try {
    return Object.values(connection.prepare(sql).get() ?? {})[0];
  } finally {
    connection.close();
  }
}
