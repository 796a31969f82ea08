import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

/** Environment of a Python without anybody's settings for MLflow. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('MLFLOW_'));
  return { ...Object.fromEntries(kept), DO_NOT_TRACK: 'true', MLFLOW_DISABLE_TELEMETRY: 'true' };
}

/** Runs a script outside of VS Code and resolves with what it prints. */
export async function runPython(python: string, folder: string, lines: readonly string[]): Promise<string> {
  const args = ['-W', 'ignore', '-c', lines.join('\n')];
  const { stdout } = await promisify(execFile)(python, args, { cwd: folder, env: cleanEnvironment() });
  return stdout;
}

/** Logs two runs straight into the `mlflow.db` of a folder, as a script outside of VS Code does. */
export async function logRunsDirectly(python: string, folder: string): Promise<void> {
  await runPython(python, folder, [
    'import mlflow',
    'mlflow.set_tracking_uri("sqlite:///mlflow.db")',
    'mlflow.set_experiment("made before")',
    'for name, loss in (("first try", 0.5), ("second try", 0.25)):',
    '    with mlflow.start_run(run_name=name):',
    '        mlflow.log_param("alpha", 0.1)',
    '        for step in range(5):',
    '            mlflow.log_metric("loss", loss / (step + 1), step=step)',
    '        mlflow.log_text("made outside of VS Code", "notes.txt")',
  ]);
}

/** A script in a process of its own, outside of VS Code, which logs straight to `mlflow.db` where it runs. */
export interface LiveScript {
  /** Does the next step. Resolves with what it says when the step is done. */
  step(): Promise<string>;
  end(): void;
}

/** Starts test/python/scripts/write_live.py in a folder. */
export function startLiveScript(python: string, folder: string): LiveScript {
  const script = join(import.meta.dirname, '..', '..', 'python', 'scripts', 'write_live.py');
  const env = { ...cleanEnvironment(), MLFLOW_TRACKING_URI: 'sqlite:///mlflow.db' };
  const child = spawn(python, ['-W', 'ignore', script], {
    cwd: folder,
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    step: async () => {
      child.stdin.write('\n');
      const line = await lines.next();
      if (line.done === true) throw new Error('The script has ended.');
      return line.value;
    },
    end: () => void child.kill('SIGKILL'),
  };
}

/** Runs MLflow's command line on the database of a folder, outside of VS Code. */
export async function runMlflow(python: string, folder: string, ...args: readonly string[]): Promise<void> {
  const env = { ...cleanEnvironment(), MLFLOW_TRACKING_URI: 'sqlite:///mlflow.db' };
  await promisify(execFile)(python, ['-W', 'ignore', '-m', 'mlflow', ...args], { cwd: folder, env });
}
