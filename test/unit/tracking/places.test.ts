import { describe, expect, it } from 'vitest';
import {
  type Place,
  type PlaceFacts,
  type PlaceKind,
  PLACES,
  placesOf,
} from '../../../src/core/tracking/places.js';

const SERVER = 'http://127.0.0.1:41234/0123456789abcdef0123456789abcdef';
const STORE = 'sqlite:////w/mlflow.db';
const tracked: PlaceFacts = {
  decision: { kind: 'inject', uri: SERVER },
  environmentUri: undefined,
  terminalSetting: undefined,
  taskUri: undefined,
  pythonEnvFile: undefined,
  dotEnv: undefined,
  terminalsReadEnvFile: false,
  release: '3.18.0',
  holdsFileStore: false,
  storeUri: STORE,
};
const entry = { path: '/w/.env', uri: STORE, ours: true };
const theirs = { path: '/w/.env', uri: 'http://team', ours: false };
const off: PlaceFacts = { ...tracked, decision: { kind: 'off', configured: undefined } };

function table(facts: PlaceFacts): Record<PlaceKind, string> {
  const cells = placesOf(facts).map(({ kind, uri, origin, standing }) => [
    kind,
    `${uri ?? '-'} ${origin.kind} ${standing}`,
  ]);
  return Object.fromEntries(cells) as Record<PlaceKind, string>;
}
const placeOf = (kind: PlaceKind, facts: PlaceFacts): Place | undefined =>
  placesOf(facts).find((place) => place.kind === kind);

describe('placesOf', () => {
  it('knows every place', () => {
    expect(placesOf(tracked).map(({ kind }) => kind)).toEqual(PLACES);
  });

  it('says for a tracked folder what VS Code passes on and what it does not', () => {
    const injected = `${SERVER} injected here`;
    expect(table(tracked)).toEqual({
      terminal: injected,
      task: injected,
      debugTerminal: injected,
      debugConsole: injected,
      notebook: '- default depends',
      test: '- default depends',
      outside: '- default depends',
    });
  });

  it('says what an entry of ours in .env changes', () => {
    const facts = { ...tracked, pythonEnvFile: entry, dotEnv: entry };
    expect(table(facts)).toEqual({
      terminal: `${SERVER} injected here`,
      task: `${SERVER} injected here`,
      debugTerminal: `${STORE} envFile here`,
      debugConsole: `${SERVER} injected here`,
      notebook: `${STORE} envFile here`,
      test: `${STORE} envFile here`,
      outside: `${STORE} envFile depends`,
    });
    expect(placeOf('terminal', { ...facts, terminalsReadEnvFile: true })?.uri).toBe(STORE);
  });

  it('says that a .env of the person counts where it is read', () => {
    const configured = { uri: theirs.uri, source: { kind: 'envFile', path: theirs.path } } as const;
    const facts: PlaceFacts = {
      ...tracked,
      decision: { kind: 'configured', configured },
      pythonEnvFile: theirs,
      dotEnv: theirs,
    };
    expect(placeOf('notebook', facts)).toMatchObject({ uri: 'http://team', standing: 'elsewhere' });
    expect(placeOf('debugConsole', facts)).toMatchObject({ uri: 'http://team', standing: 'elsewhere' });
    expect(placeOf('terminal', facts)).toMatchObject({ origin: { readBy: 'script' }, standing: 'depends' });
    const read = placeOf('terminal', { ...facts, terminalsReadEnvFile: true });
    expect(read).toMatchObject({ origin: { readBy: 'vscode' }, standing: 'elsewhere' });
  });

  it('puts the file over the environment where an extension starts the process, and under it in a terminal', () => {
    const facts = { ...off, environmentUri: 'http://env', pythonEnvFile: theirs, dotEnv: theirs };
    expect(placeOf('notebook', facts)?.uri).toBe('http://team');
    expect(placeOf('terminal', facts)?.uri).toBe('http://env');
    expect(placeOf('outside', facts)?.uri).toBe('http://team');
  });

  it('knows that the setting of the terminal reaches no further than terminals', () => {
    const facts = { ...off, terminalSetting: { name: 'terminal.integrated.env.linux', uri: 'http://set' } };
    expect(placeOf('task', facts)).toMatchObject({ uri: 'http://set', standing: 'elsewhere' });
    expect(placeOf('debugConsole', facts)?.origin.kind).toBe('default');
    const task = placeOf('task', { ...facts, taskUri: 'http://task' });
    expect(task).toMatchObject({ uri: 'http://task', origin: { kind: 'tasks' }, standing: 'depends' });
    const taken = placeOf('terminal', { ...facts, terminalSetting: { name: 's', uri: '' } });
    expect(taken).toMatchObject({ uri: undefined, origin: { kind: 'terminalSetting' } });
  });

  it.each([
    ['3.18.0', false, 'database', 'depends'],
    ['3.7.0', false, 'database', 'depends'],
    ['3.18.0', true, 'files', 'elsewhere'],
    ['3.6.0', false, 'files', 'elsewhere'],
    ['2.22.4', false, 'files', 'elsewhere'],
    [undefined, false, 'unknown', 'depends'],
    ['unreleased', false, 'unknown', 'depends'],
  ] as const)('knows what MLflow %s does by itself', (release, holdsFileStore, given, standing) => {
    const place = placeOf('notebook', { ...off, release, holdsFileStore });
    expect(place).toMatchObject({ origin: { kind: 'default', default: given }, standing });
  });

  it('takes the folder’s own database for here, whoever names it', () => {
    expect(placeOf('terminal', { ...off, environmentUri: STORE })?.standing).toBe('here');
    expect(placeOf('terminal', { ...tracked, environmentUri: SERVER })?.standing).toBe('here');
    expect(placeOf('terminal', { ...off, environmentUri: SERVER })?.standing).toBe('depends');
  });
});
