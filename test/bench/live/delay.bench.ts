// From the moment that `mlflow.log_metric` returns in a script to the moment that VS Code is given the run's line with
// the new value: through the server, and by a script that writes into the database itself.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ms, note } from '../../integration/support/figures.js';
import { extensionParts, workspaceFolder } from '../../integration/support/parts.js';
import { linesOf, type Program } from '../../integration/support/programs.js';
import { startTracking, stopTracking } from '../../integration/support/tracking.js';
import { expandFirstExperiment, type Tree, TreeWatch } from '../../integration/support/treeWatch.js';
import { waitFor } from '../../integration/support/waitFor.js';
import { quantile } from '../measure.js';

const SAMPLES = 120;
const AIM_P95_MS = 1_000;

describe('the delay from log_metric to the tree', function () {
  this.timeout(400_000);
  let tree: Tree;
  let uri: string;

  before(async () => {
    tree = (await extensionParts()).explorer;
    uri = await startTracking();
  });
  after(stopTracking);

  it('through the server', () => measure('through the server', uri));

  it('straight into SQLite', () =>
    measure('straight into SQLite', `sqlite:///${join(workspaceFolder(), 'mlflow.db')}`));

  async function measure(title: string, trackingUri: string): Promise<void> {
    const watch = new TreeWatch(tree);
    const script = startScript(trackingUri, title);
    try {
      await script.next(); // The run is there.
      await expandFirstExperiment(watch);
      const shown = timesShown(watch, title);
      script.tell();
      const returned: number[] = [];
      while (returned.length < SAMPLES) {
        returned.push(Number(await script.next()));
      }
      await waitFor('the last value', () => shown.size >= SAMPLES, 60_000);
      script.tell();
      const delays = returned.map((at, sample) => (shown.get(sample) ?? NaN) - at);
      const [p50, p95, most] = [0.5, 0.95, 1].map((share) => quantile(share)(delays));
      note(
        `log_metric to the tree, ${title}`,
        `p50 ${ms(p50 ?? NaN)}, p95 ${ms(p95 ?? NaN)}, max ${ms(most ?? NaN)} over ${SAMPLES} values; aim p95 ${AIM_P95_MS} ms`,
      );
    } finally {
      watch.stop();
      script.kill();
    }
  }

  /** When each value was shown first; one that was overtaken counts as shown with the one after it. */
  function timesShown(watch: TreeWatch, runName: string): Map<number, number> {
    const shown = new Map<number, number>();
    watch.onItem = ({ label, description }) => {
      if (label !== runName) return;
      const value = Number(/^(\d+) delay/.exec(String(description))?.[1] ?? NaN);
      for (let sample = value; sample >= 0 && !shown.has(sample); sample -= 1) {
        shown.set(sample, Date.now());
      }
    };
    return shown;
  }
});

function startScript(trackingUri: string, runName: string): Program & { readonly tell: () => void } {
  const python = process.env.PYTHON_WITH_MLFLOW;
  if (python === undefined)
    throw new Error('PYTHON_WITH_MLFLOW is not set; run this by `npm run bench:live`.');
  const program = join(__dirname, 'programs', 'delays.py');
  const child = spawn(python, [program, trackingUri, String(SAMPLES), runName], {
    env: { ...process.env, MLFLOW_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: 'true' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  return { ...linesOf(child, 'delays.py'), tell: () => void child.stdin.write('\n') };
}
