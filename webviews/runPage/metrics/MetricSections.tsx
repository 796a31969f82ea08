import { isTerminated } from '../../../src/core/domain/run.js';
import { Empty } from '../../shared/components/Empty.js';
import { FilterBox } from '../../shared/components/FilterBox.js';
import { Section } from '../../shared/components/Section.js';
import { t } from '../../shared/strings.js';
import { usePage } from '../context.js';
import { isSystemMetric } from './arrange.js';
import { MetricTable } from './MetricTable.js';

/** The run's metrics, and apart from them, collapsed, what MLflow measured on the machine. */
export function MetricSections() {
  const { model } = usePage();
  const metrics = model.metrics.value;
  if (!metrics) return <Empty>{t('loading')}</Empty>;
  const all = [...metrics];
  const own = all.filter(([key]) => !isSystemMetric(key));
  const system = all.filter(([key]) => isSystemMetric(key));
  return (
    <>
      <MetricSection table="metrics" metrics={own} />
      {system.length > 0 ? <MetricSection table="systemMetrics" metrics={system} /> : null}
    </>
  );
}

interface MetricSectionProps {
  readonly table: 'metrics' | 'systemMetrics';
  readonly metrics: Parameters<typeof MetricTable>[0]['metrics'];
}

function MetricSection({ table, metrics }: MetricSectionProps) {
  const { view, model } = usePage();
  const own = table === 'metrics';
  const title = t(own ? 'metrics' : 'systemMetrics');
  const expanded = view.isExpanded(table, own);
  const status = model.run.value?.status;
  const empty = status && isTerminated(status) ? t('metricsEmptyEnded') : t('metricsEmptyRunning');
  return (
    <Section
      id={table}
      title={title}
      count={metrics.length}
      expanded={expanded}
      onToggle={() => view.setExpanded(table, !expanded)}
      actions={
        metrics.length > 0 ? (
          <FilterBox
            label={t(own ? 'filterMetrics' : 'filterSystemMetrics')}
            value={view.filter(table)}
            onChange={(text) => view.setFilter(table, text)}
          />
        ) : null
      }
    >
      {metrics.length > 0 ? (
        <MetricTable table={table} label={title} metrics={metrics} grouped={own} />
      ) : (
        <Empty>{empty}</Empty>
      )}
    </Section>
  );
}
