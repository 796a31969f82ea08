// The table that the benchmark ends with.
import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import type { Row } from './measure.js';
import type { Side } from './servers.js';

export interface Report {
  /** What was measured, where and how, a line each. */
  readonly facts: readonly string[];
  readonly rows: readonly Row[];
  /** How near the server is to what the machine can do, a line each. */
  readonly limits: readonly string[];
}

/** The whole report as Markdown. */
export function toMarkdown({ facts, rows, limits }: Report): string {
  const lines = rows.map((row) => `| ${cellsOf(row).join(' | ')} |`);
  return [
    '# Tracking server beside `mlflow server`',
    '',
    ...facts.map((fact) => `- ${fact}`),
    '',
    '| Operation | Workbench | MLflow | Ratio | Aim |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...lines,
    '',
    ...limits.map((limit) => `- ${limit}`),
    '',
    'Ratio: how many times better the Workbench is; below 1, MLflow is the better one.',
    '',
  ].join('\n');
}

/** A row in one line, to be read while the benchmark goes on. */
export function toLine(row: Row): string {
  const [title, workbench, mlflow, times] = cellsOf(row);
  return `${title}: ${workbench}, MLflow ${mlflow}, ${times}`;
}

function cellsOf({ title, unit, aim, values: { workbench, mlflow }, unfinished = [] }: Row): string[] {
  const over = (side: Side) => (unfinished.includes(side) ? 'over ' : '');
  return [
    title,
    over('workbench') + withUnit(workbench, unit),
    over('mlflow') + withUnit(mlflow, unit),
    over('mlflow') + ratio(workbench, mlflow, unit),
    aim === undefined ? '' : `${aim}×`,
  ];
}

/** What the figures depend on: the machine and the versions. */
export function machineFacts(python: string | undefined): string[] {
  const memory = Math.round(totalmem() / 2 ** 30);
  return [
    new Date().toISOString().slice(0, 16).replace('T', ' ') + ' UTC',
    `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${memory} GiB, ${process.platform} ${process.arch}`,
    `Load average of the last 5 minutes at the end: ${(loadavg()[1] ?? 0).toFixed(1)}`,
    `Workbench: Node ${process.versions.node}, SQLite ${process.versions.sqlite ?? 'unknown'}`,
    ...(python === undefined ? [] : [mlflowFact(python)]),
  ];
}

function mlflowFact(python: string): string {
  const program =
    'import platform, sqlite3; from importlib.metadata import version; ' +
    'print(version("mlflow"), platform.python_version(), sqlite3.sqlite_version)';
  const [mlflow, release, sqlite] = execFileSync(python, ['-c', program], { encoding: 'utf8' })
    .trim()
    .split(' ');
  return `MLflow ${mlflow}: Python ${release}, SQLite ${sqlite}`;
}

function withUnit(value: number | undefined, unit: string): string {
  return value === undefined ? '–' : `${rounded(value)} ${unit}`;
}

function ratio(workbench: number | undefined, mlflow: number | undefined, unit: Row['unit']): string {
  if (workbench === undefined || mlflow === undefined) {
    return '–';
  }
  return `${rounded(unit === 'requests/s' ? workbench / mlflow : mlflow / workbench)}×`;
}

/** Three digits, or all before the point. */
function rounded(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en-GB') : String(Number(value.toPrecision(3)));
}
