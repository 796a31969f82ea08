import type { Comparator, FieldGroup } from './ast.js';

/**
 * The kinds of values. An `integerId` is a number in the store that is written as a string in a filter;
 * a `version` is written as a number or as a string; a `real` is a metric, which may be NaN; a `judgement` is compared
 * by size as a number and otherwise as a text.
 */
export type FieldType = 'text' | 'integer' | 'integerId' | 'version' | 'real' | 'judgement';

/** What can be asked of a field. */
export interface FieldDescription {
  readonly type: FieldType;
  readonly comparators: readonly Comparator[];
  /** The only values that it can have. */
  readonly values?: readonly string[];
  /** For filters only: order_by does not take it. */
  readonly unsorted?: true;
}

interface PrefixedKeys {
  readonly prefix: string;
  readonly description: FieldDescription;
}

/**
 * What can be searched for in one kind of thing. The grammar is the same for all; this says which fields there
 * are and how they can be compared and sorted. Traces need one more of these.
 */
export interface SearchEntity {
  /** For messages. */
  readonly name: string;
  /** What may stand before the dot of a field. */
  readonly groups: Readonly<Record<string, FieldGroup>>;
  /** Groups whose keys are anybody's choice. */
  readonly keyed: Readonly<Partial<Record<FieldGroup, FieldDescription>>>;
  /** Groups with a fixed set of keys. */
  readonly fixed: Readonly<Partial<Record<FieldGroup, Readonly<Record<string, FieldDescription>>>>>;
  /** Groups with a fixed set of keys that have, besides these, any key that begins in one way. */
  readonly prefixed?: Readonly<Partial<Record<FieldGroup, PrefixedKeys>>>;
  /** Other spellings of attributes. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Spellings of {@link aliases} that order_by takes too. */
  readonly orderAliases: readonly string[];
  /** Groups that order_by can name. */
  readonly orderGroups: readonly FieldGroup[];
  /** Whether a text value may stand without quotes, as in `params.lr = 0.01`. */
  readonly bareText: boolean;
  /** Whether integer fields refuse to be compared with fractions. */
  readonly integersOnly: boolean;
}

const NUMERIC: readonly Comparator[] = ['=', '!=', '<', '<=', '>', '>='];
const TEXT: readonly Comparator[] = ['=', '!=', 'LIKE', 'ILIKE', 'RLIKE'];
const LIST: readonly Comparator[] = ['IN', 'NOT IN'];
const PRESENCE: readonly Comparator[] = ['IS NULL', 'IS NOT NULL'];

const metric: FieldDescription = { type: 'real', comparators: NUMERIC };
const text: FieldDescription = { type: 'text', comparators: TEXT };
const textOrAbsent: FieldDescription = { type: 'text', comparators: [...TEXT, ...PRESENCE] };
const textOrList: FieldDescription = { type: 'text', comparators: [...TEXT, ...LIST] };
const content: FieldDescription = { type: 'text', comparators: ['LIKE', 'ILIKE'] };
const judgement: FieldDescription = {
  type: 'judgement',
  comparators: [...new Set([...TEXT, ...NUMERIC, ...PRESENCE])],
};
const integer: FieldDescription = { type: 'integer', comparators: NUMERIC };

/** `mlflow.utils.search_utils.SearchUtils`. */
export const RUN_SEARCH: SearchEntity = {
  name: 'run',
  groups: {
    metric: 'metric',
    metrics: 'metric',
    parameter: 'parameter',
    parameters: 'parameter',
    param: 'parameter',
    params: 'parameter',
    tag: 'tag',
    tags: 'tag',
    attribute: 'attribute',
    attributes: 'attribute',
    attr: 'attribute',
    run: 'attribute',
    dataset: 'dataset',
    datasets: 'dataset',
  },
  keyed: { metric, parameter: textOrAbsent, tag: textOrAbsent },
  fixed: {
    attribute: {
      run_id: textOrList,
      run_name: text,
      user_id: text,
      status: text,
      artifact_uri: text,
      start_time: integer,
      end_time: integer,
    },
    dataset: { name: textOrList, digest: textOrList, context: textOrList },
  },
  aliases: {
    created: 'start_time',
    Created: 'start_time',
    'run name': 'run_name',
    'Run name': 'run_name',
    'Run Name': 'run_name',
  },
  orderAliases: ['created', 'Created'],
  orderGroups: ['metric', 'parameter', 'tag', 'attribute'],
  bareText: false,
  integersOnly: false,
};

/** `mlflow.utils.search_utils.SearchExperimentsUtils`. */
export const EXPERIMENT_SEARCH: SearchEntity = {
  name: 'experiment',
  groups: { tag: 'tag', tags: 'tag', attribute: 'attribute', attributes: 'attribute' },
  keyed: { tag: textOrAbsent },
  fixed: {
    attribute: {
      name: text,
      experiment_id: { type: 'integerId', comparators: ['=', '!=', ...LIST] },
      creation_time: integer,
      last_update_time: integer,
    },
  },
  aliases: {},
  orderAliases: [],
  orderGroups: ['attribute'],
  bareText: false,
  integersOnly: true,
};

/** The states of a logged model as filters name them; the index is the number that is stored. */
export const MODEL_STATUS_NAMES = ['UNSPECIFIED', 'PENDING', 'READY', 'FAILED'] as const;

/** `mlflow.utils.search_logged_model_utils`. Times are in milliseconds. */
export const LOGGED_MODEL_SEARCH: SearchEntity = {
  name: 'logged model',
  groups: { metrics: 'metric', params: 'parameter', tags: 'tag', attributes: 'attribute' },
  keyed: { metric, parameter: textOrList, tag: textOrList },
  fixed: {
    attribute: {
      model_id: textOrList,
      experiment_id: { type: 'integerId', comparators: ['=', '!=', ...LIST] },
      name: textOrList,
      artifact_location: textOrList,
      model_type: textOrList,
      source_run_id: textOrList,
      status: { type: 'text', comparators: ['=', '!=', ...LIST], values: MODEL_STATUS_NAMES },
      status_message: textOrList,
      creation_timestamp_ms: integer,
      last_updated_timestamp_ms: integer,
    },
  },
  aliases: {
    creation_time: 'creation_timestamp_ms',
    creation_timestamp: 'creation_timestamp_ms',
    last_updated_time: 'last_updated_timestamp_ms',
    last_updated_timestamp: 'last_updated_timestamp_ms',
  },
  orderAliases: ['creation_time', 'creation_timestamp', 'last_updated_time', 'last_updated_timestamp'],
  orderGroups: ['metric', 'attribute'],
  bareText: true,
  integersOnly: false,
};

/** For fields that order_by knows and filters do not. */
const sortedOnly: FieldDescription = { type: 'integer', comparators: [] };

/** What registered models and their versions have in common. */
const REGISTRY = {
  groups: { tag: 'tag', tags: 'tag', attribute: 'attribute' },
  keyed: { tag: text },
  orderGroups: ['attribute'],
  bareText: false,
  integersOnly: true,
} as const;

/** `mlflow.utils.search_utils.SearchModelUtils`. */
export const REGISTERED_MODEL_SEARCH: SearchEntity = {
  ...REGISTRY,
  name: 'registered model',
  fixed: { attribute: { name: textOrList, last_updated_timestamp: sortedOnly } },
  aliases: { timestamp: 'last_updated_timestamp' },
  orderAliases: ['timestamp'],
};

/** `mlflow.utils.search_utils.SearchModelVersionUtils`. */
export const MODEL_VERSION_SEARCH: SearchEntity = {
  ...REGISTRY,
  name: 'model version',
  fixed: {
    attribute: {
      name: textOrList,
      version_number: { type: 'version', comparators: NUMERIC },
      run_id: { ...textOrList, unsorted: true },
      source_path: { ...text, unsorted: true },
      creation_timestamp: sortedOnly,
      last_updated_timestamp: sortedOnly,
    },
  },
  aliases: {},
  orderAliases: [],
};

/** `mlflow.utils.search_utils.SearchTraceUtils`. */
export const TRACE_SEARCH: SearchEntity = {
  name: 'trace',
  groups: {
    tag: 'tag',
    tags: 'tag',
    attribute: 'attribute',
    attributes: 'attribute',
    trace: 'attribute',
    request_metadata: 'metadata',
    metadata: 'metadata',
    span: 'span',
    feedback: 'feedback',
    expectation: 'expectation',
    issue: 'issue',
  },
  keyed: { tag: textOrAbsent, metadata: textOrAbsent, feedback: judgement, expectation: judgement },
  fixed: {
    attribute: {
      request_id: textOrList,
      timestamp_ms: integer,
      execution_time_ms: integer,
      end_time_ms: integer,
      status: textOrList,
      client_request_id: textOrList,
      name: { type: 'text', comparators: [...TEXT, ...LIST, ...PRESENCE] },
      run_id: { type: 'text', comparators: [...TEXT, ...LIST, ...PRESENCE] },
      prompt: { type: 'text', comparators: ['='] },
      text: content,
      experiment_id: { type: 'integerId', comparators: [] },
    },
    span: { name: textOrList, type: textOrList, status: textOrList, content },
    issue: { id: { type: 'text', comparators: ['='] } },
  },
  prefixed: { span: { prefix: 'attributes.', description: textOrList } },
  aliases: {
    trace_id: 'request_id',
    timestamp: 'timestamp_ms',
    execution_time: 'execution_time_ms',
    end_time: 'end_time_ms',
  },
  orderAliases: ['trace_id', 'timestamp', 'execution_time', 'end_time'],
  orderGroups: ['attribute', 'tag', 'metadata'],
  bareText: false,
  integersOnly: false,
};

const plainText: FieldDescription = { type: 'text', comparators: ['=', '!=', 'LIKE', 'ILIKE'] };

/** `mlflow.utils.search_utils.SearchEvaluationDatasetsUtils`. */
export const EVALUATION_DATASET_SEARCH: SearchEntity = {
  name: 'evaluation dataset',
  groups: { tags: 'tag' },
  keyed: { tag: plainText },
  fixed: {
    attribute: {
      name: { type: 'text', comparators: [...plainText.comparators, 'IN'] },
      created_time: integer,
      last_update_time: integer,
      created_by: plainText,
      last_updated_by: plainText,
      dataset_id: { type: 'text', comparators: [] },
    },
  },
  aliases: {},
  orderAliases: [],
  orderGroups: ['attribute'],
  bareText: false,
  integersOnly: true,
};
