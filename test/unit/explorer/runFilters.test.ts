import { describe, expect, it } from 'vitest';
import { childRunsFilter, isRunId, runIdsFilter } from '../../../src/core/explorer/runFilters.js';

describe('filters for runs', () => {
  it('name ids and parents as MLflow writes them', () => {
    expect(runIdsFilter(['a1', 'b2'])).toBe("attributes.run_id IN ('a1', 'b2')");
    expect(childRunsFilter('a1')).toBe('tags."mlflow.parentRunId" = \'a1\'');
  });

  it('refuse text that would change the filter', () => {
    expect(isRunId("a' OR 'b")).toBe(false);
    expect(isRunId('')).toBe(false);
    expect(() => runIdsFilter(["a' OR 'b"])).toThrow(TypeError);
  });
});
