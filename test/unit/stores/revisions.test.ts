import { describe, expect, it } from 'vitest';
import { upgradeEffect } from '../../../src/core/stores/revisions.js';
import type { StoreInfo } from '../../../src/core/stores/storeInfo.js';
import {
  ageOf,
  RELEASES_OF_REVISIONS as KNOWN,
  revisionOfRelease,
} from '../../../src/server/sqlite/schemas/index.js';

const store = (info: Partial<StoreInfo>): StoreInfo => ({
  path: '/mlflow.db',
  exists: true,
  revision: '',
  releases: [],
  ...info,
});
const OF_2_22 = store({ revision: '0584bdc529eb', releases: ['2.22.4'] });

describe('an upgrade', () => {
  it.each(['3.1.4', '3.18.0', '3.18.7'])('of a database of 2.22 by %s goes to its revision', (release) => {
    const revision = revisionOfRelease(release);
    expect(upgradeEffect(KNOWN, OF_2_22, release)).toEqual({ kind: 'upgrades', revision });
  });

  it.each(['2.22.4', '2.18.0', '2.9.2', '1.30.0'])('of a database of 2.22 by %s does nothing', (release) => {
    expect(upgradeEffect(KNOWN, OF_2_22, release)).toEqual({ kind: 'nothing' });
  });

  it.each(['3.19.0', '4.0.0'])('by %s leads beyond what is known', (release) => {
    expect(upgradeEffect(KNOWN, OF_2_22, release)).toEqual({ kind: 'beyond' });
  });

  it('of an unknown revision depends on its age', () => {
    const upgrades = { kind: 'upgrades', revision: revisionOfRelease('3.18.0') };
    const older = store({ revision: '2d6e25af4d3e', revisionAge: 'older' });
    expect(upgradeEffect(KNOWN, older, '3.18.0')).toEqual(upgrades);
    const newer = store({ revision: 'of tomorrow', revisionAge: 'newer' });
    expect(upgradeEffect(KNOWN, newer, '3.18.0')).toEqual({ kind: 'nothing' });
  });
});

it.each([
  ['', 'older'],
  ['451aebb31d03', 'older'],
  ['2d6e25af4d3e', 'older'],
  ['400f98739977', 'between'],
  ['8b6ad64cb8f5', 'between'],
  ['of tomorrow', 'newer'],
])('the unknown revision "%s" is %s', (revision, age) => {
  expect(ageOf(revision)).toBe(age);
});
