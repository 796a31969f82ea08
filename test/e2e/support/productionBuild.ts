import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const projectRoot = join(import.meta.dirname, '..', '..', '..');

/**
 * A folder with the extension as it is packaged, but that nothing starts it before its view is opened: VS Code
 * measures it then without the extensions that load at the same moment after its start.
 */
export function productionBuildThatWaits(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mlflow-workbench-production-'));
  const build = [join(projectRoot, 'esbuild.mjs'), '--production', `--outdir=${join(folder, 'dist')}`];
  execFileSync(process.execPath, build, { cwd: projectRoot, stdio: 'pipe' });
  for (const each of ['package.nls.json', 'media', 'samples']) {
    cpSync(join(projectRoot, each), join(folder, each), { recursive: true });
  }
  const manifest = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
    readonly activationEvents: readonly string[];
  };
  const activationEvents = manifest.activationEvents.filter((event) => event !== 'onStartupFinished');
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, activationEvents }));
  return folder;
}
