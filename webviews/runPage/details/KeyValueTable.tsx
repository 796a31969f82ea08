import { CopyButton } from '../../shared/components/CopyButton.js';
import { FIRST_PAGE, ShowAll } from '../../shared/components/ShowAll.js';
import { t } from '../../shared/strings.js';
import { usePage } from '../context.js';
import { copy } from '../messages.js';
import { compareNames } from '../names.js';

interface KeyValueTableProps {
  /** Which list this is, for "Show all". */
  readonly id: string;
  readonly label: string;
  /** Heading of the first column. */
  readonly keyLabel: string;
  readonly entries: readonly { readonly key: string; readonly value: string }[];
}

/** Names and texts, in order of the names. Long texts are cut until the row has the focus; copying gives all. */
export function KeyValueTable({ id, label, keyLabel, entries }: KeyValueTableProps) {
  const { view } = usePage();
  const sorted = [...entries].sort((a, b) => compareNames(a.key, b.key));
  const shown = view.whole.value.has(id) ? sorted : sorted.slice(0, FIRST_PAGE);
  return (
    <>
      <table role="table" class="table key-value-table" aria-label={label} aria-rowcount={sorted.length + 1}>
        <thead role="rowgroup" class="visually-hidden">
          <tr role="row">
            <th role="columnheader" scope="col">
              {keyLabel}
            </th>
            <th role="columnheader" scope="col">
              {t('value')}
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {shown.map(({ key, value }) => (
            <tr role="row" class="row" key={key}>
              <th role="rowheader" scope="row" title={key}>
                {key}
              </th>
              <td role="cell">
                <span class="value" title={value}>
                  {value}
                </span>
                <CopyButton label={t('copyValue', { key })} copy={() => copy(value)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ShowAll shown={shown.length} total={sorted.length} onShowAll={() => view.showWhole(id)} />
    </>
  );
}
