import type { RunPageRun } from '../../../src/protocol/runPage.js';
import { Empty } from '../../shared/components/Empty.js';
import { FilterBox, matchesFilter } from '../../shared/components/FilterBox.js';
import { t } from '../../shared/strings.js';
import { usePage } from '../context.js';
import { KeyValueTable } from './KeyValueTable.js';
import { PageSection } from './PageSection.js';

/** What the run was given. The filter looks at names and values. */
export function Params({ params }: Pick<RunPageRun, 'params'>) {
  const { view } = usePage();
  const filter = view.filter('params');
  const matching = params.filter(({ key, value }) => matchesFilter(`${key} ${value}`, filter));
  const box = (
    <FilterBox label={t('filterParams')} value={filter} onChange={(text) => view.setFilter('params', text)} />
  );
  return (
    <PageSection
      id="params"
      title={t('params')}
      count={params.length}
      actions={params.length > 0 ? box : null}
    >
      {params.length === 0 ? <Empty>{t('paramsEmpty')}</Empty> : null}
      {params.length > 0 && matching.length === 0 ? <Empty>{t('noMatch', { filter })}</Empty> : null}
      {matching.length > 0 ? (
        <KeyValueTable id="params" label={t('params')} keyLabel={t('param')} entries={matching} />
      ) : null}
    </PageSection>
  );
}
