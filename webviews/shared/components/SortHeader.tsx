import { classes } from '../classes.js';
import { Icon } from './Icon.js';

type SortDirection = 'ascending' | 'descending';

interface SortHeaderProps {
  readonly label: string;
  /** How the table is sorted by this column now, if it is. */
  readonly sorted: SortDirection | undefined;
  readonly onSort: () => void;
  /** Numbers stand at the right, and so does their heading. */
  readonly numeric?: boolean;
  readonly class?: string;
}

/** The heading of a column by which a table can be sorted. */
export function SortHeader({ label, sorted, onSort, numeric, class: extra }: SortHeaderProps) {
  return (
    <th
      role="columnheader"
      scope="col"
      aria-sort={sorted ?? 'none'}
      class={classes(numeric && 'numeric', extra)}
    >
      <button type="button" class="sort-button" onClick={onSort}>
        <span>{label}</span>
        <Icon
          name={sorted === 'descending' ? 'arrow-down' : 'arrow-up'}
          {...(sorted ? {} : { class: 'unsorted' })}
        />
      </button>
    </th>
  );
}
