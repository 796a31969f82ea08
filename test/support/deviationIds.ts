// The rows of docs/deviations.md that a comparison with MLflow's own answers shows.

export const DEVIATION_IDS = [
  'callers-error',
  'empty-experiment-id',
  'issue-name',
  'missing-is-404',
  'no-silent-loss',
  'page-of-nothing',
  'path-backslash',
  'proxy-always-on',
  'search-empty-key',
  'search-grammar',
  'search-keys',
  'search-list-comma',
  'search-model-stage',
  'search-numbers',
  'search-one-grammar',
  'search-white-space',
  'time-and-text',
  'unknown-model-status',
] as const;

export type DeviationId = (typeof DEVIATION_IDS)[number];
