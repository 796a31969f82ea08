import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Run } from '../../../src/core/domain/run.js';
import { RunForest } from '../../../src/core/explorer/runForest.js';
import { makeRun } from '../../support/runs.js';

function forestOf(...runs: Run[]): RunForest {
  const forest = new RunForest();
  runs.forEach((run) => forest.put(run));
  return forest;
}

const ids = (runs: readonly Run[]): string[] => runs.map((run) => run.info.runId);

describe('RunForest', () => {
  it('puts the latest run first, and runs of the same time in the order of their ids', () => {
    const forest = forestOf(
      makeRun('b', { info: { startTime: 5 } }),
      makeRun('c', { info: { startTime: 9 } }),
      makeRun('a', { info: { startTime: 5 } }),
    );
    expect(ids(forest.roots())).toEqual(['c', 'a', 'b']);
  });

  it('puts a run below the parent that its tag names', () => {
    const forest = forestOf(makeRun('parent'), makeRun('child', { parent: 'parent' }));
    expect(ids(forest.roots())).toEqual(['parent']);
    expect(ids(forest.childrenOf('parent'))).toEqual(['child']);
  });

  it('asks for each parent that nobody has looked for', () => {
    const forest = forestOf(makeRun('a', { parent: 'p' }), makeRun('b', { parent: 'p' }));
    expect(forest.missingParents()).toEqual(['p']);
    forest.markGone('p');
    expect(forest.missingParents()).toEqual([]);
  });

  it('lets children rise to the top when their parent is gone, and takes them back when it returns', () => {
    const forest = forestOf(makeRun('parent'), makeRun('child', { parent: 'parent' }));
    forest.markGone('parent');
    expect(ids(forest.roots())).toEqual(['child']);
    forest.put(makeRun('parent'));
    expect(ids(forest.roots())).toEqual(['parent']);
  });

  it('ignores a parent tag that cannot be the id of a run', () => {
    const forest = forestOf(makeRun('a', { parent: "x' OR '1" }));
    expect(forest.missingParents()).toEqual([]);
    expect(ids(forest.roots())).toEqual(['a']);
  });

  it('shows every run exactly once, whatever the tags say', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const parents = fc.array(fc.option(fc.constantFrom(...names, 'elsewhere')), {
      minLength: 5,
      maxLength: 5,
    });
    fc.assert(
      fc.property(parents, (parentOf) => {
        const forest = forestOf(
          ...names.map((name, at) => makeRun(name, parentOf[at] ? { parent: parentOf[at] } : {})),
        );
        const shown: string[] = [];
        const walk = (runs: readonly Run[]): void =>
          runs.forEach((run) => {
            shown.push(run.info.runId);
            expect(shown.length).toBeLessThanOrEqual(names.length);
            walk(forest.childrenOf(run.info.runId));
          });
        walk(forest.roots());
        expect(shown.sort()).toEqual(names);
      }),
    );
  });
});
