import { afterAll, describe, expect, it } from 'vitest';

import { compileExperiments } from '../../../src/core/search/compileExperiments.js';
import { compileLoggedModels, mentionsMetric } from '../../../src/core/search/compileLoggedModels.js';
import { compileRuns } from '../../../src/core/search/compileRuns.js';
import { EXPERIMENT_SEARCH, LOGGED_MODEL_SEARCH, RUN_SEARCH } from '../../../src/core/search/entities.js';
import { matches } from '../../../src/core/search/evaluate.js';
import type { CompiledSearch } from '../../../src/core/search/keyset.js';
import { planExperimentOrder, planLoggedModelOrder, planRunOrder } from '../../../src/core/search/order.js';
import { parseFilter } from '../../../src/core/search/parseFilter.js';
import {
  experimentReader,
  isMeasuredOn,
  loggedModelReader,
  runReader,
} from '../../../src/core/search/readers.js';
import { compareExperiments, compareLoggedModels, compareRuns } from '../../../src/core/search/sort.js';
import { experimentsOf, loggedModelsOf, runsOf } from './recorded.js';
import { deviationOf, DEVIATIONS } from './deviations.js';
import { type Case, idsByPages, idsOf, openReference, outcome, readReference } from './support.js';

const reference = readReference();
const database = openReference(reference);
const runs = runsOf(reference);
const experiments = experimentsOf(reference);
const models = loggedModelsOf(reference);
const STAGES = { ACTIVE_ONLY: ['active'], DELETED_ONLY: ['deleted'], ALL: ['active', 'deleted'] } as const;

afterAll(() => database.close());

function compile(search: Case): { readonly compiled: CompiledSearch; readonly id: string } {
  const { filter } = search;
  switch (search.kind) {
    case 'run': {
      const { experiments: experimentIds, view: viewType } = search;
      return {
        compiled: compileRuns({ experimentIds, viewType, filter, orderBy: search.orderBy }),
        id: 'r.run_uuid',
      };
    }
    case 'experiment':
      return {
        compiled: compileExperiments({ filter, viewType: search.view, orderBy: search.orderBy }),
        id: 'e.experiment_id',
      };
    case 'loggedModel': {
      const { experiments: experimentIds, datasets } = search;
      return {
        compiled: compileLoggedModels({ experimentIds, filter, datasets, orderBy: search.orderBy }),
        id: 'm.model_id',
      };
    }
  }
}

/** The ids that the search finds among the things in memory. */
function evaluate(search: Case): string[] {
  switch (search.kind) {
    case 'run': {
      const filter = parseFilter(search.filter, RUN_SEARCH);
      return runs
        .filter(({ info }) => search.experiments.includes(info.experimentId))
        .filter(({ info }) => STAGES[search.view].some((stage) => stage === info.lifecycleStage))
        .filter((run) => matches(filter, runReader(run)))
        .sort(compareRuns(planRunOrder(search.orderBy)))
        .map(({ info }) => info.runId);
    }
    case 'experiment': {
      const filter = parseFilter(search.filter, EXPERIMENT_SEARCH);
      return experiments
        .filter(({ lifecycleStage }) => STAGES[search.view].some((stage) => stage === lifecycleStage))
        .filter((experiment) => matches(filter, experimentReader(experiment)))
        .sort(compareExperiments(planExperimentOrder(search.orderBy)))
        .map(({ experimentId }) => experimentId);
    }
    case 'loggedModel': {
      const filter = parseFilter(search.filter, LOGGED_MODEL_SEARCH);
      const { datasets } = search;
      return models
        .filter(({ experimentId }) => search.experiments.includes(experimentId))
        .filter(
          ({ metrics }) =>
            mentionsMetric(filter) || datasets.length === 0 || metrics.some((m) => isMeasuredOn(m, datasets)),
        )
        .filter((model) => matches(filter, loggedModelReader(model, datasets)))
        .sort(compareLoggedModels(planLoggedModelOrder(search.orderBy), datasets))
        .map(({ modelId }) => modelId);
    }
  }
}

function nameOf({ kind, filter, orderBy }: Case): string {
  return `${kind}: ${JSON.stringify(filter)} ${orderBy.length > 0 ? JSON.stringify(orderBy) : ''}`;
}

describe(`searches that MLflow ${reference.mlflow} answered`, () => {
  const same = reference.cases.filter((search) => deviationOf(search) === undefined);

  it.each(same.map((search) => [nameOf(search), search] as const))('%s', (_, search) => {
    const found = outcome(() => compile(search));
    if ('error' in found || search.error !== undefined) {
      expect(found).toEqual({ error: search.error });
      return;
    }
    const { compiled, id } = found.value;
    expect(idsOf(database, compiled, id), 'in SQL').toEqual(search.ids);
    expect(idsByPages(database, compiled, id, 2), 'page by page').toEqual(search.ids);
    expect(evaluate(search), 'in memory').toEqual(search.ids);
  });
});

describe('deviations by intention', () => {
  const cases = reference.cases.flatMap((search) => {
    const deviation = deviationOf(search);
    return deviation ? [[`${nameOf(search)}: ${deviation.why}`, search, deviation] as const] : [];
  });

  it.each(cases)('%s', (_, search, deviation) => {
    const found = outcome(() => compile(search));
    if ('error' in found) {
      expect(found.error).toBe(deviation.ours);
      expect(search.error).not.toBe(found.error);
      return;
    }
    expect(deviation.ours).toBe('accepted');
    const { compiled, id } = found.value;
    const ids = idsOf(database, compiled, id);
    expect(ids).not.toEqual(search.ids);
    expect(evaluate(search)).toEqual(ids);
  });

  it('all occur among the recorded searches', () => {
    const unused = DEVIATIONS.filter(
      (deviation) => !reference.cases.some((search) => deviationOf(search) === deviation),
    );
    expect(unused).toEqual([]);
  });
});
