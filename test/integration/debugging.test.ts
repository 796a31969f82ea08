import * as assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { debuggedEnvironment, debugScript } from './support/debugging.js';
import { workspaceFolder } from './support/parts.js';
import { endServer, post } from './support/rest.js';
import { decisionOf, startTracking, stopTracking } from './support/tracking.js';

const consoles = ['internalConsole', 'integratedTerminal'] as const;
const envFile = (): string => join(workspaceFolder(), '.env');

describe('debugging Python in a folder', () => {
  // Terminals that are left open would be used again by the next session.
  afterEach(() => vscode.window.terminals.forEach((terminal) => terminal.dispose()));
  afterEach(stopTracking);

  let used: string | undefined;
  // Its database is deleted, and the first who writes after that is told: no other test should be.
  after(async () => {
    await (used && endServer(used));
  });

  for (const console of consoles) {
    it(`gives scripts no address in the ${console} where tracking is off`, async () => {
      assert.equal((await debuggedEnvironment({ console })).MLFLOW_TRACKING_URI, undefined);
    });

    it(`gives scripts in the ${console} the address of the store`, async () => {
      const uri = await startTracking();
      assert.equal((await debuggedEnvironment({ console })).MLFLOW_TRACKING_URI, uri);
    });

    it(`leaves what the configuration says in force in the ${console}`, async () => {
      await startTracking();
      const env = { MLFLOW_TRACKING_URI: 'http://theirs' };
      assert.equal((await debuggedEnvironment({ console, env })).MLFLOW_TRACKING_URI, 'http://theirs');
    });

    it(`leaves the environment file of the configuration in force in the ${console}`, async () => {
      await startTracking();
      const file = join(workspaceFolder(), 'session.env');
      writeFileSync(file, 'MLFLOW_TRACKING_URI=http://team.example\n');
      try {
        const { MLFLOW_TRACKING_URI: uri } = await debuggedEnvironment({ console, envFile: file });
        assert.equal(uri, 'http://team.example');
      } finally {
        rmSync(file);
      }
    });

    it(`leaves the .env of the person in force in the ${console}`, async () => {
      await startTracking();
      writeFileSync(envFile(), 'MLFLOW_TRACKING_URI=http://team.example\n');
      await decisionOf('configured');
      const { MLFLOW_TRACKING_URI: uri } = await debuggedEnvironment({ console });
      assert.equal(uri, 'http://team.example');
    });
  }

  it('makes a script with mlflow log to the store, in either console', async function () {
    this.timeout(240_000);
    const uri = await startTracking();
    used = uri;
    const script = join(workspaceFolder(), 'debugged.py');
    const lines = ['import mlflow, sys', 'mlflow.start_run(run_name=sys.argv[1])', 'mlflow.end_run()'];
    writeFileSync(script, lines.join('\n'));
    try {
      for (const console of consoles) {
        await debugScript(script, { console, args: [console], env: { MLFLOW_DISABLE_TELEMETRY: 'true' } });
      }
    } finally {
      rmSync(script);
    }
    const found = await post<{ runs: readonly { info: { run_name: string; status: string } }[] }>(
      uri,
      'runs/search',
      { experiment_ids: ['0'] },
    );
    const finished = found.runs.map(({ info }) => `${info.run_name} ${info.status}`);
    assert.deepEqual(finished.sort(), consoles.map((console) => `${console} FINISHED`).sort());
  });
});
