import { compileExperiments } from '../../core/search/compileExperiments.js';
import { compileLoggedModels } from '../../core/search/compileLoggedModels.js';
import { compileRuns } from '../../core/search/compileRuns.js';
import type { Experiment } from '../../core/domain/experiment.js';
import type { LoggedModel } from '../../core/domain/loggedModel.js';
import type { Run } from '../../core/domain/run.js';
import type {
  Page,
  SearchExperiments,
  SearchLoggedModels,
  SearchRuns,
} from '../../core/stores/trackingStore.js';
import { LIMITS } from '../../core/base/limits.js';
import { type ExperimentRow, loadExperiments } from './experimentRows.js';
import { loadLoggedModels, type LoggedModelRow } from './loggedModelRows.js';
import { excerptLoader } from './runExcerpts.js';
import { loadRuns, RUN_COLUMNS, type RunRow } from './runRows.js';
import { readPage, toPage } from './searchPage.js';
import type { StoreContext } from './storeContext.js';
import { checkMaxResults } from './validation.js';

const QUALIFIED_RUN_COLUMNS = RUN_COLUMNS.replaceAll(/\w+/g, 'r.$&');

export function searchRuns(context: StoreContext, query: SearchRuns): Page<Run> {
  checkMaxResults(query.maxResults);
  const { experimentIds, filter, viewType, orderBy } = query;
  const scope = ['runs', experimentIds, filter ?? '', viewType, orderBy];
  const page = readPage<RunRow>(context.database, compileRuns(query), QUALIFIED_RUN_COLUMNS, scope, query);
  const load = query.excerpt ? excerptLoader(query.excerpt) : loadRuns;
  return toPage(page, load(context, page.rows));
}

export function searchExperiments(context: StoreContext, query: SearchExperiments): Page<Experiment> {
  checkMaxResults(query.maxResults, LIMITS.searchExperimentsMax);
  const { filter, viewType, orderBy } = query;
  const scope = ['experiments', filter ?? '', viewType, orderBy];
  const page = readPage<ExperimentRow>(context.database, compileExperiments(query), 'e.*', scope, query);
  return toPage(page, loadExperiments(context, page.rows));
}

export function searchLoggedModels(context: StoreContext, query: SearchLoggedModels): Page<LoggedModel> {
  context.tables.requireLoggedModels();
  checkMaxResults(query.maxResults);
  const { experimentIds, filter, datasets, orderBy } = query;
  const scope = ['models', experimentIds, filter ?? '', datasets, orderBy];
  const page = readPage<LoggedModelRow>(context.database, compileLoggedModels(query), 'm.*', scope, query);
  return toPage(page, loadLoggedModels(context, page.rows));
}
