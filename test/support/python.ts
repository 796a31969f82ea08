// The Python with the newest tested `mlflow`, as another process that has the same database open.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** A Python program that tells what it does in lines of JSON or text. */
export interface PythonProgram {
  /** The next line that it prints. Fails where it ends before. */
  readonly line: () => Promise<string>;
  /** Writes a line to its standard input. */
  readonly tell: (text: string) => void;
  /** Ends its standard input. */
  readonly end: () => void;
}

/** The path of that Python. */
export function pythonWithMlflow(): string {
  const path = process.env.PYTHON_WITH_MLFLOW;
  if (path === undefined) {
    throw new Error('PYTHON_WITH_MLFLOW is not set; run the tier by `npm run test:<tier>`.');
  }
  return path;
}

/** Starts a program, which the end of the test ends. */
export function startPython(program: string, ...args: readonly string[]): PythonProgram {
  const child = spawn(pythonWithMlflow(), [program, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...withoutMlflow(process.env), MLFLOW_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: 'true' },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let messages = '';
  child.stderr.on('data', (text: Buffer) => (messages += text.toString()));
  const lines = linesOf(child, createInterface({ input: child.stdout }), () => messages);
  return {
    line: lines,
    tell: (text) => void child.stdin.write(`${text}\n`),
    end: () => void child.stdin.end(),
  };
}

function withoutMlflow(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('MLFLOW_')));
}

function linesOf(child: ChildProcess, reader: Interface, messages: () => string): () => Promise<string> {
  const read: string[] = [];
  let wake: () => void = () => undefined;
  let ended = false;
  reader.on('line', (line) => {
    read.push(line);
    wake();
  });
  child.once('close', () => {
    ended = true;
    wake();
  });
  return async () => {
    while (read.length === 0 && !ended) {
      await new Promise<void>((resolve) => (wake = resolve));
    }
    const line = read.shift();
    if (line === undefined) {
      throw new Error(`The Python program ended:\n${messages().slice(-2000)}`);
    }
    return line;
  };
}
