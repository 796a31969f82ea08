import { DELETED_STAGE } from '../domain/modelVersion.js';
import { IS_PROMPT_TAG } from '../domain/registeredModel.js';
import type { Comparison } from './ast.js';
import { compileOrder } from './compileOrder.js';
import { MODEL_VERSION_SEARCH, REGISTERED_MODEL_SEARCH, type SearchEntity } from './entities.js';
import { withPromptsHidden } from './hiddenPrompts.js';
import type { CompiledSearch } from './keyset.js';
import { type OrderStep, planModelVersionOrder, planRegisteredModelOrder } from './order.js';
import { parseFilter } from './parseFilter.js';
import {
  allOf,
  compileCondition,
  compileExpression,
  compileKeyedOf,
  fragment,
  type SqlFragment,
} from './sql.js';

/** What to search registered models or model versions by. */
export interface RegistrySearch {
  readonly filter?: string | undefined;
  readonly orderBy: readonly string[];
  /** Whether the tables have a column `workspace`. Then the one called "default" is searched. */
  readonly hasWorkspaces: boolean;
}

/** How one of the two is kept. The table is `x` where it is that of the tags. */
interface Kept {
  readonly entity: SearchEntity;
  readonly table: string;
  readonly alias: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly tags: string;
  readonly ofOwner: string;
  /** What is searched at all. */
  readonly scope: readonly string[];
}

const MODELS: Kept = {
  entity: REGISTERED_MODEL_SEARCH,
  table: 'registered_models',
  alias: 'm',
  columns: { name: 'm.name', last_updated_timestamp: 'm.last_updated_time' },
  tags: 'registered_model_tags',
  ofOwner: 'x.name = m.name',
  scope: [],
};

const VERSIONS: Kept = {
  entity: MODEL_VERSION_SEARCH,
  table: 'model_versions',
  alias: 'v',
  columns: {
    name: 'v.name',
    version_number: 'v.version',
    run_id: 'v.run_id',
    source_path: 'v.source',
    creation_timestamp: 'v.creation_time',
    last_updated_timestamp: 'v.last_updated_time',
  },
  tags: 'model_version_tags',
  ofOwner: 'x.name = v.name AND x.version = v.version',
  scope: [`v.current_stage != '${DELETED_STAGE}'`],
};

/**
 * Compiles a search for registered models; the alias of `registered_models` is `m`.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function compileRegisteredModels(search: RegistrySearch): CompiledSearch {
  return compile(MODELS, search, planRegisteredModelOrder(search.orderBy));
}

/**
 * Compiles a search for model versions that are not deleted; the alias of `model_versions` is `v`.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function compileModelVersions(search: RegistrySearch): CompiledSearch {
  return compile(VERSIONS, search, planModelVersionOrder(search.orderBy));
}

function compile(kept: Kept, search: RegistrySearch, order: readonly OrderStep[]): CompiledSearch {
  const { filter, hidesPrompts } = withPromptsHidden(parseFilter(search.filter, kept.entity));
  const inWorkspace = (alias: string): string =>
    search.hasWorkspaces ? ` AND ${alias}.workspace = 'default'` : '';
  const where = allOf([
    fragment(`1${inWorkspace(kept.alias)}`),
    ...kept.scope.map((condition) => fragment(condition)),
    ...(hidesPrompts ? [isNoPrompt(kept, inWorkspace('x'))] : []),
    compileExpression(filter, (comparison) => compileComparison(kept, comparison, inWorkspace('x'))),
  ]);
  const columns = ({ field }: OrderStep) => ({ sql: columnOf(kept, field.key) });
  return { where, ...compileOrder(`${kept.table} ${kept.alias}`, order, columns) };
}

function compileComparison(kept: Kept, comparison: Comparison, inWorkspace: string): SqlFragment {
  const { group, key } = comparison.field;
  const tags = { name: kept.tags, key: '"key"', value: 'value' };
  return group === 'tag'
    ? compileKeyedOf(tags, kept.ofOwner + inWorkspace, comparison)
    : compileCondition(columnOf(kept, key), comparison);
}

/** A name with one version that is a prompt's is a prompt's: MLflow looks at the tags of all of them. */
function isNoPrompt({ tags, alias }: Kept, inWorkspace: string): SqlFragment {
  return fragment(
    `NOT EXISTS (SELECT 1 FROM ${tags} x WHERE x."key" = ? AND x.value = 'true' AND x.name = ${alias}.name${inWorkspace})`,
    IS_PROMPT_TAG,
  );
}

function columnOf({ columns }: Kept, attribute: string): string {
  const column = columns[attribute];
  if (column === undefined) {
    throw new RangeError(`no column for ${attribute}`);
  }
  return column;
}
