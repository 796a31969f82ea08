// A script outside of VS Code logs straight to `sqlite:///mlflow.db`, which is MLflow's own default. The tree and the
// run page follow it as they follow one that logs to our server.
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepPictureOfFailure } from './support/failures.js';
import { runMlflow, startLiveScript } from './support/python.js';
import { pythonWithMlflow, pythonWithMlflow2, type Session, startSession } from './support/session.js';
import type { TreeView } from './support/treeView.js';

const RELEASES: readonly (readonly [name: string, python: () => string])[] = [
  ['the newest MLflow', pythonWithMlflow],
  ['MLflow 2.22', pythonWithMlflow2],
];

describe('a script outside of VS Code', () => {
  let session: Session;

  beforeAll(async () => {
    session = await startSession();
  });

  keepPictureOfFailure('other-writers', () => session.workbench);

  afterAll(async () => {
    await session[Symbol.asyncDispose]();
  });

  test.each(RELEASES)('that logs by %s is followed', async (name, pythonOf) => {
    const python = pythonOf();
    const folder = session.newFolder(name.replaceAll(/\W+/g, '-'));
    await session.openFolder(folder);
    const { workbench } = session;
    await workbench.openViewContainer('MLflow');
    const tree = workbench.tree('Experiments');
    const script = startLiveScript(python, folder);
    const delays = new Map<string, number>();
    /** Does something outside, and waits until it is seen here. */
    const seenAfter = async (what: string, act: () => Promise<unknown>, seen: () => Promise<unknown>) => {
      await act();
      const done = performance.now();
      await seen();
      delays.set(what, Math.round(performance.now() - done));
    };
    const step = (expected: string) => async () => expect(await script.step()).toBe(expected);
    let runId = '';
    try {
      await step('experiment')();
      await tree.expand('live');
      await seenAfter(
        'run',
        async () => (runId = await script.step()),
        () => tree.row('by a script').waitFor(),
      );
      expect(await labelOf(tree, 'by a script')).toContain('running');
      await tree.row('by a script').locator('.label-name').click();
      const page = await workbench.webview('Artifact location');
      await tree.expand('by a script');
      await seenAfter('parameter', step('param'), () =>
        page.getByText('0.1', { exact: true }).first().waitFor(),
      );
      await seenAfter('metric', step('metric'), () => tree.row('Metrics').waitFor());
      await tree.expand('Metrics');
      await metricIs(tree, page, '0.5');
      await seenAfter('metric again', step('metric again'), () => metricIs(tree, page, '0.25'));
      await seenAfter('tag', step('tag'), () => page.getByText('10%').first().waitFor());
      await seenAfter('tag again', step('tag again'), () => page.getByText('20%').first().waitFor());
      await workbench.screenshot('other-writers-running');
      await seenAfter('end', step('finished'), async () => {
        await expect.poll(() => labelOf(tree, 'by a script')).toContain('finished');
        await page
          .getByText(/finished/i)
          .first()
          .waitFor();
      });
    } finally {
      script.end();
    }
    const mlflow =
      (...args: readonly string[]) =>
      () =>
        runMlflow(python, folder, ...args);
    await seenAfter('run deleted', mlflow('runs', 'delete', '--run-id', runId), () =>
      tree.row('by a script').waitFor({ state: 'detached' }),
    );
    await seenAfter('run restored', mlflow('runs', 'restore', '--run-id', runId), () =>
      tree.row('by a script').waitFor(),
    );
    const rename = mlflow('experiments', 'rename', '--experiment-id', '1', '--new-name', 'renamed');
    await seenAfter('experiment renamed', rename, () => tree.row('renamed').waitFor());
    expect(await workbench.notifications.texts()).toEqual([]);
    const told = [...delays].map(([what, delay]) => `${what} ${delay} ms`);
    process.stdout.write(`From ${name} in a process of its own to what is seen: ${told.join(', ')}\n`);
  });
});

async function labelOf(tree: TreeView, label: string): Promise<string> {
  return (await tree.rows()).find((row) => row.label === label)?.ariaLabel ?? '';
}

/** Waits until the tree and the run page show this value of the metric. */
async function metricIs(tree: TreeView, page: Frame, value: string): Promise<void> {
  await expect
    .poll(async () => (await tree.rows()).find(({ label }) => label === 'loss')?.description)
    .toContain(value);
  await page.getByText(value, { exact: true }).first().waitFor();
}
