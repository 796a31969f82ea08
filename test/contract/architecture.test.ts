import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { cruise, type ICruiseResult, type IConfiguration } from 'dependency-cruiser';
import { afterEach, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const config = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as IConfiguration;

/** Every broken rule below `baseDir`, as `rule: from -> to`. */
async function violations(baseDir: string, folders: string[]): Promise<string[]> {
  const { output } = await cruise(folders, {
    ...config.options,
    baseDir,
    validate: true,
    ruleSet: { forbidden: config.forbidden ?? [] },
    tsConfig: { fileName: join(root, 'tsconfig.json') },
  });
  return (output as ICruiseResult).summary.violations.map(
    ({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`,
  );
}

/** One forbidden import for each wall, as file -> text. */
const TRESPASSES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no-cycles': {
    'src/core/base/a.ts': "import type { B } from './b.js'; export type A = B;",
    'src/core/base/b.ts': "import type { A } from './a.js'; export type B = A;",
  },
  'vscode-only-in-host': {
    'src/core/base/a.ts': "import type { Uri } from 'vscode'; export type A = Uri;",
  },
  'core-knows-only-core': {
    'src/core/base/a.ts': "import { b } from '../../server/b.js'; export const a = b;",
    'src/server/b.ts': 'export const b = 1;',
  },
  'domain-and-base-are-leaves': {
    'src/core/domain/a.ts': "import { b } from '../wire/b.js'; export const a = b;",
    'src/core/wire/b.ts': 'export const b = 1;',
  },
  'domain-and-protocol-are-environment-free': {
    'src/core/domain/a.ts': "import { readFile } from 'node:fs'; export const a = readFile;",
  },
  'store-implementations-are-strangers': {
    'src/server/file/a.ts': "import { b } from '../sqlite/b.js'; export const a = b;",
    'src/server/sqlite/b.ts': 'export const b = 1;',
  },
  'stores-know-no-http': {
    'src/server/sqlite/a.ts': "import { b } from '../routes/b.js'; export const a = b;",
    'src/server/routes/b.ts': 'export const b = 1;',
  },
  'server-is-a-program-of-its-own': {
    'src/server/a.ts': "import { b } from '../host/b.js'; export const a = b;",
    'src/host/b.ts': 'export const b = 1;',
  },
  'host-talks-rest': {
    'src/host/a.ts': "import { b } from '../server/b.js'; export const a = b;",
    'src/server/b.ts': 'export const b = 1;',
  },
  'protocol-knows-domain-only': {
    'src/protocol/a.ts': "import { b } from '../core/wire/b.js'; export const a = b;",
    'src/core/wire/b.ts': 'export const b = 1;',
  },
  'manifest-is-a-leaf': {
    'src/manifest/a.ts': "import { b } from '../core/domain/b.js'; export const a = b;",
    'src/core/domain/b.ts': 'export const b = 1;',
  },
  'webviews-know-protocol-and-domain': {
    'webviews/runPage/a.ts': "import { b } from '../../src/core/wire/b.js'; export const a = b;",
    'src/core/wire/b.ts': 'export const b = 1;',
  },
  'webviews-are-browser-code': {
    'webviews/runPage/a.ts': "import { readFile } from 'node:fs'; export const a = readFile;",
  },
  'webview-apps-are-strangers': {
    'webviews/runPage/a.ts': "import { b } from '../other/b.js'; export const a = b;",
    'webviews/other/b.ts': 'export const b = 1;',
  },
  'production-never-imports-tests': {
    'src/host/a.ts': "import { b } from '../../test/b.js'; export const a = b;",
    'test/b.ts': 'export const b = 1;',
  },
  'no-orphans': { 'src/core/base/a.ts': 'export const a = 1;' },
};

describe('the walls of the house', () => {
  const folders: string[] = [];
  afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true }))));

  it('stand: no import of the project goes through one', async () => {
    expect(await violations(root, ['src', 'webviews'])).toEqual([]);
  });

  it('are all tried below', () => {
    expect(Object.keys(TRESPASSES).sort()).toEqual(config.forbidden?.map((rule) => rule.name).sort());
  });

  for (const [rule, files] of Object.entries(TRESPASSES)) {
    it(`report a trespass of ${rule}`, async () => {
      // Inside the project, so that `vscode` and the built-ins resolve as they do for real.
      await mkdir(join(root, '.cache'), { recursive: true });
      const folder = await mkdtemp(join(root, '.cache/walls-'));
      folders.push(folder);
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
      }
      const top = [...new Set(Object.keys(files).map((path) => path.split('/')[0] ?? path))];
      const found = await violations(folder, top);
      expect(
        found.filter((line) => line.startsWith(`${rule}:`)),
        relative(root, folder),
      ).not.toEqual([]);
    });
  }
});
