import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { IDLE_VARIABLE, parseCommand } from '../../../../src/server/process/serverOptions.js';

/** The arguments that a command line comes to; fails for a wrong one. */
function parsed(...args: string[]) {
  const command = parseCommand(args);
  if (command.kind !== 'serve') {
    throw new Error(`not to serve: ${JSON.stringify(command)}`);
  }
  return command.arguments;
}

describe('the command line', () => {
  it('needs a store only', () => {
    expect(parsed('--store', 'a/mlflow.db')).toMatchObject({
      store: resolve('a/mlflow.db'),
      port: 0,
      readOnly: false,
      noSecret: false,
      serveArtifacts: false,
      approvedRoots: [],
    });
  });

  it.each([
    [['--backend-store-uri', 'sqlite:///a.db'], { store: resolve('a.db') }],
    [['--backend-store-uri', 'sqlite:////tmp/a.db'], { store: '/tmp/a.db' }],
    [['--store', 'sqlite:///a.db', '-p', '5000'], { store: resolve('a.db'), port: 5000 }],
    [['--store', 'a', '--artifacts', 'b'], { artifactRoot: resolve('b') }],
    [['--store', 'a', '--default-artifact-root', 's3://b/c'], { artifactRoot: 's3://b/c' }],
    [['--store', 'a', '--artifacts', 'b', '--serve-artifacts'], { artifactRoot: resolve('b') }],
    [
      ['--store', 'a', '--artifacts-destination', 'b'],
      { serveArtifacts: true, artifactsDestination: resolve('b') },
    ],
    [['--store', 'a', '--artifacts-destination', 'file:///b/c'], { artifactsDestination: join('/b', 'c') }],
    [['--store', 'a', '--secret-file', 'b'], { secretFile: resolve('b') }],
  ])('understands %j', (args, expected) => {
    expect(parsed(...args)).toMatchObject(expected);
  });

  it('takes the time of a server’s life from the environment, unless it says one itself', () => {
    const idle = (...args: string[]) => {
      const command = parseCommand(['--store', 'a', ...args], { [IDLE_VARIABLE]: '7' });
      return command.kind === 'serve' ? command.arguments.idleSeconds : undefined;
    };
    expect(idle()).toBe(7);
    expect(idle('--idle-seconds', '9')).toBe(9);
    expect(parsed('--store', 'a').idleSeconds).toBe(120);
  });

  it.each([
    [[], /--store is missing/],
    [['--store', 'postgresql://host/db'], /opens no postgresql:/],
    [['--backend-store-uri', 'sqlite://'], /opens no sqlite:/],
    [['--store', 'a', '--backend-store-uri', 'sqlite:///a'], /the same option/],
    [['--store', 'a', '--artifacts', 'b', '--default-artifact-root', 'b'], /the same option/],
    [['--store', 'a', '--artifacts-destination', 's3://b'], /keeps nothing at s3:/],
    [['--store', 'a', '--secret-file', 'b', '--no-secret'], /exclude each other/],
    [['--store', 'a', '--host', '0.0.0.0'], /127\.0\.0\.1 or localhost only/],
    [['--store', 'a', '--port', '65536'], /--port must be a number/],
    [['--store', 'a', '--log-level', 'loud'], /--log-level must be one of/],
    [['--store', 'a', '--unheard-of'], /unheard-of/],
  ])('refuses %j', (args, message) => {
    expect(parseCommand(args)).toEqual({ kind: 'wrong', message: expect.stringMatching(message) as string });
  });
});
