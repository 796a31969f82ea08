import { useComputed } from '@preact/signals';
import { Empty } from '../../shared/components/Empty.js';
import { Icon } from '../../shared/components/Icon.js';
import { FIRST_PAGE, ShowAll } from '../../shared/components/ShowAll.js';
import { SortHeader } from '../../shared/components/SortHeader.js';
import { moveFocus } from '../../shared/moveFocus.js';
import { t, type StringKey } from '../../shared/strings.js';
import type { RunPageSortColumn } from '../../../src/protocol/runPage.js';
import { usePage } from '../context.js';
import type { MetricSource } from '../model.js';
import type { FilteredTable } from '../viewState.js';
import { arrangeMetrics, type MetricGroup } from './arrange.js';
import { METRIC_COLUMNS, MetricRow } from './MetricRow.js';

interface MetricTableProps {
  readonly table: FilteredTable;
  readonly label: string;
  readonly metrics: readonly (readonly [key: string, metric: MetricSource])[];
  /** Whether groups get a heading; a table of one known group needs none. */
  readonly grouped: boolean;
}

/** Metrics with their figures, in groups, sorted and filtered as the person wants it. */
export function MetricTable({ table, label, metrics, grouped }: MetricTableProps) {
  const { view } = usePage();
  const filter = view.filter(table);
  // Not a memo: the order may depend on every value.
  const groups = arrangeMetrics(metrics, filter, view.sort.value);
  const total = groups.reduce((sum, group) => sum + group.metrics.length, 0);
  if (total === 0) return <Empty>{t('noMatch', { filter })}</Empty>;
  const limit = view.whole.value.has(table) ? Infinity : FIRST_PAGE;
  return (
    <>
      <table
        role="table"
        class="table metric-table"
        aria-label={label}
        aria-rowcount={total + 1}
        onKeyDown={(event) => moveFocus(event, '.metric-toggle, .group-toggle')}
      >
        <Columns />
        {firstOf(groups, limit).map((group) => (
          <Group
            key={group.name}
            id={`${table}:${group.name}`}
            group={group}
            heading={grouped && group.name !== ''}
          />
        ))}
      </table>
      <ShowAll shown={Math.min(limit, total)} total={total} onShowAll={() => view.showWhole(table)} />
    </>
  );
}

/** Columns with their headings, and the classes of those that go where there is little room. */
const SORTED_COLUMNS: readonly (readonly [RunPageSortColumn, StringKey, string?])[] = [
  ['key', 'metric'],
  ['last', 'last'],
  ['min', 'min', 'minor'],
  ['max', 'max', 'minor'],
  ['step', 'step', 'minor less'],
  ['count', 'values', 'minor least'],
];

function Columns() {
  const { view } = usePage();
  const { column: current, descending } = view.sort.value;
  return (
    <thead role="rowgroup">
      <tr role="row" class="row">
        {SORTED_COLUMNS.map(([column, label, extra = '']) => (
          <SortHeader
            key={column}
            label={t(label)}
            numeric={column !== 'key'}
            class={extra}
            sorted={column === current ? (descending ? 'descending' : 'ascending') : undefined}
            onSort={() => view.sortBy(column)}
          />
        ))}
        <th role="columnheader" scope="col" class="trend">
          {t('trend')}
        </th>
      </tr>
    </thead>
  );
}

function Group({ id, group, heading }: { id: string; group: MetricGroup; heading: boolean }) {
  const { view } = usePage();
  const expanded = useComputed(() => !heading || view.isExpanded(id, true)).value;
  const prefix = group.name === '' ? 0 : group.name.length + 1;
  return (
    <tbody role="rowgroup">
      {heading ? (
        <tr role="row" class="row group-row">
          <th role="rowheader" scope="rowgroup" colSpan={METRIC_COLUMNS}>
            <button
              type="button"
              class="group-toggle"
              aria-expanded={expanded}
              aria-label={t('groupRow', { name: group.name, count: group.metrics.length })}
              onClick={() => view.setExpanded(id, !expanded)}
            >
              <Icon name={expanded ? 'chevron-down' : 'chevron-right'} />
              <span class="ellipsis">{group.name}</span>{' '}
              <span class="count-badge">{group.metrics.length}</span>
            </button>
          </th>
        </tr>
      ) : null}
      {expanded
        ? group.metrics.map(({ key, metric }) => (
            <MetricRow key={key} metric={metric} label={key.slice(prefix)} indented={heading} />
          ))
        : null}
    </tbody>
  );
}

/** The first `limit` metrics of all groups together. */
function firstOf(groups: readonly MetricGroup[], limit: number): MetricGroup[] {
  let left = limit;
  return groups.flatMap((group) => {
    const metrics = group.metrics.slice(0, left);
    left -= metrics.length;
    return metrics.length > 0 ? [{ ...group, metrics }] : [];
  });
}
