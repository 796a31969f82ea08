import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { isRelease, mlflowReleaseOf } from '../../../src/core/python/distInfo.js';
import { installedMlflowRelease, isIsolatedEnvironment } from '../../../src/core/python/installedRelease.js';

describe('mlflowReleaseOf', () => {
  it('reads the release from the name of the folder', () => {
    expect(mlflowReleaseOf(['numpy-2.0.dist-info', 'mlflow-3.7.0.dist-info'])).toBe('3.7.0');
  });

  it('prefers the full package to the skinny one', () => {
    const names = [
      'mlflow_skinny-3.17.2.dist-info',
      'mlflow-3.18.0.dist-info',
      'mlflow_tracing-3.17.2.dist-info',
    ];
    expect(mlflowReleaseOf(names)).toBe('3.18.0');
    expect(mlflowReleaseOf(['mlflow_skinny-2.9.2.dist-info'])).toBe('2.9.2');
  });

  it('finds none among packages of other names', () => {
    expect(mlflowReleaseOf(['mlflow_tracing-3.7.0.dist-info', 'mlflow'])).toBeUndefined();
  });

  it('knows a release from other text', () => {
    expect(['3.18.0', '2.22.1rc1', '3.7.0.dev0'].every(isRelease)).toBe(true);
    expect(['', 'Traceback', '3', '3.1 && rm'].some(isRelease)).toBe(false);
  });
});

describe('installedMlflowRelease', () => {
  const folders: string[] = [];
  afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true }))));

  async function environment(...packages: string[]): Promise<string> {
    const root = await mkdtemp(join(tmpdir(), 'mlflow-workbench-env-'));
    folders.push(root);
    for (const each of packages) {
      await mkdir(join(root, each), { recursive: true });
    }
    return root;
  }

  it('looks into a virtual environment by its interpreter', async () => {
    const root = await environment('lib/python3.11/site-packages/mlflow-3.1.4.dist-info');
    expect(await installedMlflowRelease(join(root, 'bin', 'python'), 'linux')).toBe('3.1.4');
  });

  it('looks into an environment on Windows', async () => {
    const root = await environment('Lib/site-packages/mlflow-2.22.1.dist-info');
    expect(await installedMlflowRelease(join(root, 'Scripts', 'python.exe'), 'win32')).toBe('2.22.1');
    expect(await installedMlflowRelease(join(root, 'python.exe'), 'win32')).toBe('2.22.1');
  });

  it('finds none where there is none', async () => {
    const root = await environment('lib/python3.11/site-packages');
    expect(await installedMlflowRelease(join(root, 'bin', 'python'), 'linux')).toBeUndefined();
  });

  it('knows whether an environment stands alone', async () => {
    const root = await environment('bin');
    const python = join(root, 'bin', 'python');
    expect(await isIsolatedEnvironment(python)).toBe(false);
    await writeFile(join(root, 'pyvenv.cfg'), 'include-system-site-packages = false\n');
    expect(await isIsolatedEnvironment(python)).toBe(true);
    await writeFile(join(root, 'pyvenv.cfg'), 'include-system-site-packages = true\n');
    expect(await isIsolatedEnvironment(python)).toBe(false);
  });
});
