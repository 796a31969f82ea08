/**
 * Everything that the pages say, in English. `{name}` stands for a value. The table can be replaced as a
 * whole by one in another language: {@link setStrings}.
 */
const ENGLISH = {
  copied: 'Copied',
  clearFilter: 'Clear filter',
  showingFirst: 'Showing the first {shown} of {total}.',
  showAll: 'Show all',
  tryAgain: 'Try again',
  loading: 'Loading…',
  loadingRun: 'Loading run…',

  statusRunning: 'Running',
  statusScheduled: 'Scheduled',
  statusFinished: 'Finished',
  statusFailed: 'Failed',
  statusKilled: 'Killed',
  statusStale: 'Stale',
  staleGone:
    'The status of this run is still RUNNING, but its process ended at {time} without ending the run. It can be ended here, with that time as its end.',
  staleSilent:
    'The status of this run is still RUNNING, but nothing has been heard of it since {time}. Whether its process lives cannot be told from here; it may be on another machine. If you know that it does not, end the run here, with that time as its end.',
  setToFailed: 'Set to Failed',
  setToKilled: 'Set to Killed',
  statusOf: '{run}: {status}',

  breadcrumb: 'Where this run is',
  childOf: 'Child of',
  openParent: 'Open the parent run {run}',
  details: 'Details',
  runId: 'Run ID',
  copyRunId: 'Copy run ID',
  started: 'Started',
  ago: '{age} ago',
  notStarted: 'Not known',
  duration: 'Duration',
  soFar: 'so far',
  user: 'User',
  source: 'Source',
  openSource: 'Open source',
  branch: 'Branch {branch}',
  commit: 'Commit {commit}',
  copyCommit: 'Copy commit',
  artifactLocation: 'Artifact location',
  copyArtifactLocation: 'Copy artifact location',
  description: 'Description',

  deletedBanner: 'This run is deleted. It stays in the store until it is restored or removed for good.',
  failedBanner: 'The run could not be read again: {message} What you see may be out of date.',
  failedFirst: 'The run could not be read: {message}',

  metrics: 'Metrics',
  systemMetrics: 'System metrics',
  filterMetrics: 'Filter metrics',
  filterSystemMetrics: 'Filter system metrics',
  filterParams: 'Filter parameters',
  metricsEmptyRunning:
    'No metrics yet. They appear here as soon as the script logs them with mlflow.log_metric().',
  metricsEmptyEnded: 'This run logged no metrics. A script logs them with mlflow.log_metric().',
  noMatch: 'Nothing matches “{filter}”.',
  metric: 'Metric',
  last: 'Last',
  min: 'Min',
  max: 'Max',
  step: 'Step',
  values: 'Values',
  trend: 'Trend',
  copyMetric: 'Copy the last value of {key}',
  metricGroup: '{name}/',
  groupRow: '{name}: {count} metrics',
  sparkline: '{key}: {count} values, from {min} to {max}, last {last}.',
  sparklineUnordered: '{key}: {count} values, last {last}.',
  sampled: 'Drawn from {shown} of {count} values: the lowest and the highest of each stretch.',
  sampledMark: 'sampled',
  notFinite: 'Values that are not finite: {values}.',
  notFiniteMore: '{values} and {count} more',
  notFiniteAt: '{value} at step {step}',
  chartOf: 'Chart of {key}',
  chartKeys: 'Left and right arrow keys go from value to value.',
  chartPoint: 'Step {step}: {value}',
  chartOrderPoint: 'Value {step}: {value}',
  orderAxis: 'Order of logging (every value has the same step)',
  logScale: 'Logarithmic scale',
  logScaleImpossible: 'Logarithmic scale needs values above 0',

  params: 'Parameters',
  paramsEmpty: 'This run has no parameters. A script logs them with mlflow.log_param().',
  param: 'Parameter',
  value: 'Value',
  copyValue: 'Copy the value of {key}',

  tags: 'Tags',
  tag: 'Tag',
  systemTags: 'Set by MLflow',
  tagsEmpty: 'This run has no tags of its own. A script sets them with mlflow.set_tag().',

  datasets: 'Datasets',
  datasetsEmpty: 'No datasets. A script logs them with mlflow.log_input().',
  datasetDigest: 'Digest {digest}',
  models: 'Models',
  modelsEmpty: 'No models. A script logs them with log_model() of MLflow 3.',
  copyModelId: 'Copy the ID of {name}',

  artifacts: 'Artifacts',
  artifactsEmpty: 'No artifacts. A script logs files with mlflow.log_artifact().',
  folderEmpty: 'Empty folder',
  refreshArtifacts: 'Refresh artifacts',
  artifactsFailed: 'Could not be listed: {message}',
} as const;

export type StringKey = keyof typeof ENGLISH;

let table: Readonly<Record<StringKey, string>> = ENGLISH;

/** Speaks another language from now on; what `translated` leaves out stays English. Call before rendering. */
export function setStrings(translated: Partial<Record<StringKey, string>>): void {
  table = { ...ENGLISH, ...translated };
}

/** The sentence of `key` with its values filled in. */
export function t(key: StringKey, values: Readonly<Record<string, string | number>> = {}): string {
  return table[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
