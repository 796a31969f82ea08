import { describe, expect, it } from 'vitest';
import type { Metric } from '../../../../src/core/domain/run.js';
import { packCall, unpackCall } from '../../../../src/server/sqlite/packedCalls.js';

function batchOf(metrics: readonly Metric[]) {
  const batch = { runId: 'r', metrics, params: [{ key: 'p', value: 'v' }], tags: [{ key: 't', value: 'w' }] };
  return { method: 'logBatch', args: [batch] } as const;
}

const many = Array.from({ length: 200 }, (_item, index) => ({
  key: `m${index % 3}`,
  value: [index / 7, Number.NaN, Number.POSITIVE_INFINITY, -0][index % 4] ?? 0,
  timestamp: 1_800_000_000_000 + index,
  step: index - 100,
}));

describe('a batch that crosses to a worker', () => {
  it('is packed where it has many metrics, and comes out as it was', () => {
    const call = batchOf(many);
    const packed = packCall(call);
    expect(packed).toHaveProperty('keys', ['m0', 'm1', 'm2']);
    expect(unpackCall(structuredClone(packed))).toEqual(call);
  });

  it('is left as it is where numbers cannot hold its integers', () => {
    const call = batchOf([...many, { key: 'm', value: 1, timestamp: 1, step: 2n ** 60n }]);
    expect(packCall(call)).toBe(call);
  });

  it('is left as it is where a metric names a model or a dataset', () => {
    for (const more of [{ modelId: 'm-1' }, { datasetName: 'd' }, { datasetDigest: 'x' }]) {
      const call = batchOf([...many, { key: 'm', value: 1, timestamp: 1, step: 1, ...more }]);
      expect(packCall(call)).toBe(call);
    }
  });

  it('is left as it is where it is small, as are other calls', () => {
    const small = batchOf(many.slice(0, 5));
    expect(packCall(small)).toBe(small);
    const other = { method: 'getRun', args: ['r'] } as const;
    expect(packCall(other)).toBe(other);
    expect(unpackCall(other)).toBe(other);
  });
});
