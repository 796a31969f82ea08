import type { RunPageRun } from '../../../src/protocol/runPage.js';
import { CopyButton } from '../../shared/components/CopyButton.js';
import { Empty } from '../../shared/components/Empty.js';
import { Icon } from '../../shared/components/Icon.js';
import { t } from '../../shared/strings.js';
import { copy } from '../messages.js';
import { PageSection } from './PageSection.js';

/** The data that the run read. */
export function Datasets({ datasets }: Pick<RunPageRun, 'datasets'>) {
  return (
    <PageSection id="datasets" title={t('datasets')} count={datasets.length}>
      {datasets.length === 0 ? <Empty>{t('datasetsEmpty')}</Empty> : null}
      <ul class="plain-list">
        {datasets.map(({ name, digest, context }) => (
          <li class="row" key={`${name} ${digest} ${context ?? ''}`}>
            <Icon name="database" />
            <span class="ellipsis">{name}</span>{' '}
            {context === undefined ? null : <span class="chip">{context}</span>}{' '}
            <span class="faint monospace push" title={t('datasetDigest', { digest })}>
              {digest}
            </span>
          </li>
        ))}
      </ul>
    </PageSection>
  );
}

/** The models that the run logged. */
export function Models({ models }: Pick<RunPageRun, 'models'>) {
  return (
    <PageSection id="models" title={t('models')} count={models.length}>
      {models.length === 0 ? <Empty>{t('modelsEmpty')}</Empty> : null}
      <ul class="plain-list">
        {models.map(({ modelId, name }) => (
          <li class="row" key={modelId}>
            <Icon name="package" />
            <span class="ellipsis">{name}</span>{' '}
            <span class="faint monospace ellipsis push" title={modelId}>
              {modelId}
            </span>
            <CopyButton label={t('copyModelId', { name })} copy={() => copy(modelId)} />
          </li>
        ))}
      </ul>
    </PageSection>
  );
}
