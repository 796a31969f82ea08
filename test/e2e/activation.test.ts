// What the activation costs, as VS Code measures it. Figures are kept for people to look at: one that depends on
// the machine must not decide whether tests pass.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { productionBuildThatWaits } from './support/productionBuild.js';
import { type Session, startSession } from './support/session.js';

const results = join(import.meta.dirname, '..', '..', '.cache', 'results');

describe('the activation', () => {
  let alone: string;

  beforeAll(() => {
    alone = productionBuildThatWaits();
  });

  afterAll(() => {
    rmSync(alone, { recursive: true, force: true });
  });

  test('is measured for the production build, while no other extension starts', async () => {
    await using session = await startSession({ extension: alone });
    await othersHaveStarted(session);
    const parts = await measure(session);
    report('activation.json', 'The production build alone', parts);
    expect(parts.total).toBeGreaterThanOrEqual(0);
    expect(readdirSync(session.workspace)).toEqual([]);
  });

  test('is measured beside the extensions that start with VS Code', async () => {
    await using session = await startSession();
    const parts = await measure(session);
    report('activation-beside-others.json', 'Beside others, whose loading is counted too', parts);
    expect(parts.total).toBeGreaterThanOrEqual(0);
    expect(readdirSync(session.workspace)).toEqual([]);
  });
});

/** Git is among the extensions that start with VS Code, and not the quickest. */
async function othersHaveStarted({ workbench }: Session): Promise<void> {
  await workbench.runCommand('Developer: Show Running Extensions');
  const git = workbench.page.locator('.runtime-extensions-editor .extension').filter({ hasText: 'Git' });
  await git
    .filter({ hasText: /Activation: \d+ms/ })
    .first()
    .waitFor();
}

/** Milliseconds. */
interface Parts {
  readonly total: number;
  readonly loadingCode: number;
  readonly activateCall: number;
}

async function measure({ workbench }: Session): Promise<Parts> {
  await workbench.openViewContainer('MLflow');
  await workbench.tree('Experiments').welcomeButton('Start Tracking Here').waitFor();
  await workbench.runCommand('Developer: Startup Performance');
  const text = await workbench.editorText('Extension Activation Stats');
  // | extension | starts with VS Code | loading its code | calling activate | until its promise | ...
  const row = /^\|? *mlflow-workbench\.mlflow-workbench *\|[^|]*\| *(\d+) *\| *(\d+) *\|/m.exec(text);
  const [loadingCode, activateCall] = [Number(row?.[1]), Number(row?.[2])];
  return { total: loadingCode + activateCall, loadingCode, activateCall };
}

function report(file: string, name: string, parts: Parts): void {
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, file), JSON.stringify(parts));
  const { total, loadingCode, activateCall } = parts;
  process.stdout.write(
    `${name}: ${total} ms, of that loading the code ${loadingCode} and activate() ${activateCall} (the aim is under 50)\n`,
  );
}
