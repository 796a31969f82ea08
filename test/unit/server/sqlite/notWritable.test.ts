import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { openTestStore, testFolder } from './support.js';

const NOBODY = 65534;

/**
 * A store in a folder that its reader cannot write. For root nothing is forbidden, so root has it read by a
 * process of another user.
 */
describe.skipIf(process.platform === 'win32')('a database in a folder that cannot be written', () => {
  it('is read without leaving anything behind, and refuses writes', async () => {
    const folder = testFolder();
    const data = join(folder, 'data');
    const made = openTestStore(join(data, 'mlflow.db'));
    await made.store.createExperiment({ name: 'one', tags: [] });
    await made.close();
    const program = join(folder, 'reader.mjs');
    await build({
      stdin: { contents: READER, resolveDir: 'test/unit/server/sqlite', loader: 'ts' },
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
    const isRoot = process.getuid?.() === 0;
    chmodSync(folder, 0o755);
    chmodSync(join(data, 'mlflow.db'), 0o444);
    chmodSync(data, 0o555);
    if (isRoot) {
      chownSync(folder, NOBODY, NOBODY);
    }
    const output = execFileSync(process.execPath, [program, join(data, 'mlflow.db')], {
      encoding: 'utf8',
      ...(isRoot && { uid: NOBODY, gid: NOBODY }),
    });
    chmodSync(data, 0o755);
    expect(JSON.parse(output)).toEqual({
      reason: 'notWritable',
      names: ['one', 'Default'],
      code: 'PERMISSION_DENIED',
    });
    expect(readdirSync(data)).toEqual(['mlflow.db']);
  });
});

const READER = `
  import { openInlineStore } from '../../../../src/server/sqlite/openInlineStore.js';
  const { store, info, close } = openInlineStore({ path: process.argv[2] ?? '' });
  const { items } = await store.searchExperiments({ viewType: 'ALL', maxResults: 10, orderBy: [] });
  const code = await store.createExperiment({ name: 'two', tags: [] }).catch((error) => error.code);
  console.log(JSON.stringify({ reason: info().readOnlyReason, names: items.map(({ name }) => name), code }));
  await close();
`;
