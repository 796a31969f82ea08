import { describe, expect, it } from 'vitest';
import { readTrackingUris, withEntry, withoutEntry } from '../../../src/core/tracking/envEntry.js';

const STORE = 'sqlite:////home/me/iris/mlflow.db';
const SERVER = 'http://127.0.0.1:41234/0123456789abcdef0123456789abcdef';
const OTHER_SERVER = 'http://127.0.0.1:41235/fedcba9876543210fedcba9876543210';

/** Files of every kind that an entry may be written into; bytes, because not all of them are UTF-8. */
const files: readonly (readonly [string, Buffer])[] = [
  ['nothing', Buffer.alloc(0)],
  ['lines', Buffer.from('A=1\n# a comment\n\nB="two"\n')],
  ['no end of the last line', Buffer.from('A=1\nB=2')],
  ['ends of Windows', Buffer.from('A=1\r\nB=2\r\n')],
  ['ends of Windows and none at the last', Buffer.from('A=1\r\nB=2')],
  ['mixed ends', Buffer.from('A=1\nB=2\r\nC=3\n')],
  ['a byte order mark', Buffer.from('\uFEFFA=1\n')],
  ['nothing but a byte order mark', Buffer.from('\uFEFF')],
  ['Latin-1', Buffer.from('A=caf\u00e9\n', 'latin1')],
  ['blank lines at its end', Buffer.from('A=1\n\n\n')],
  ['a comment without an end', Buffer.from('# end')],
];

describe('an entry in an environment file', () => {
  describe.each(files)('that has %s', (_name, file) => {
    it('is added to what is there, and taken out whole', () => {
      const written = withEntry(file, STORE);
      expect(written.subarray(0, file.length).equals(file)).toBe(true);
      expect(readTrackingUris(written.toString('utf8'), STORE).entry).toEqual({ uri: STORE, form: 'sqlite' });
      expect(withoutEntry(written).equals(file)).toBe(true);
    });

    it('is changed in its place', () => {
      const written = Buffer.concat([withEntry(withEntry(file, SERVER), SERVER), Buffer.from('\nLATER=1\n')]);
      const changed = withEntry(written, OTHER_SERVER);
      expect(changed.toString('latin1')).toBe(written.toString('latin1').replace(SERVER, OTHER_SERVER));
      expect(withEntry(changed, SERVER).equals(written)).toBe(true);
    });

    it('takes nothing away where there is none', () => {
      expect(withoutEntry(file).equals(file)).toBe(true);
    });
  });

  it('uses the ends of lines that the file has', () => {
    expect(withEntry(Buffer.from('A=1\r\n'), STORE).toString()).not.toMatch(/[^\r]\n/);
    expect(withEntry(Buffer.from('A=1\n'), STORE).toString()).not.toContain('\r');
  });

  it('leaves what was written behind it alone', () => {
    const written = Buffer.concat([withEntry(Buffer.from('A=1\n'), STORE), Buffer.from('B=2\n')]);
    expect(withoutEntry(written).toString()).toBe('A=1\nB=2\n');
  });

  it.each([
    'sqlite:////a b/mlflow.db',
    'sqlite:////c#d/mlflow.db',
    "sqlite:////it's/mlflow.db",
    'sqlite:////ü/mlflow.db',
  ])('reads back as %s', (uri) => {
    const text = withEntry(Buffer.alloc(0), uri).toString('utf8');
    expect(readTrackingUris(text, uri)).toMatchObject({ effective: uri, entry: { uri, form: 'sqlite' } });
  });
});

describe('readTrackingUris', () => {
  const entry = (uri: string): string => withEntry(Buffer.alloc(0), uri).toString();

  it('takes for ours what stands below our mark and names the store or a server of ours', () => {
    expect(readTrackingUris(entry(SERVER), STORE)).toEqual({
      effective: SERVER,
      entry: { uri: SERVER, form: 'http' },
      theirs: undefined,
      marked: true,
      unmarked: false,
    });
  });

  it.each(['http://team.example', 'sqlite:////elsewhere/mlflow.db', ''])(
    'takes for theirs %j below our mark: somebody has changed it',
    (uri) => {
      const reading = readTrackingUris(entry(uri), STORE);
      expect(reading).toMatchObject({ entry: undefined, theirs: uri, marked: true, unmarked: false });
    },
  );

  it('takes for theirs what has no mark, whatever it names', () => {
    const reading = readTrackingUris(`MLFLOW_TRACKING_URI=${STORE}\n`, STORE);
    expect(reading).toMatchObject({ effective: STORE, entry: undefined, theirs: STORE, unmarked: true });
  });

  it('tells both where both are, and which one counts', () => {
    const before = readTrackingUris(`MLFLOW_TRACKING_URI=http://team\n${entry(STORE)}`, STORE);
    expect(before).toMatchObject({ effective: STORE, theirs: 'http://team', unmarked: true });
    const behind = readTrackingUris(`${entry(STORE)}MLFLOW_TRACKING_URI=http://team\n`, STORE);
    expect(behind).toMatchObject({ effective: 'http://team', theirs: 'http://team' });
    expect(behind.entry?.uri).toBe(STORE);
  });

  it('finds nothing where nothing is', () => {
    expect(readTrackingUris('A=1', STORE)).toEqual({
      effective: undefined,
      entry: undefined,
      theirs: undefined,
      marked: false,
      unmarked: false,
    });
  });
});
