import { t } from '../strings.js';
import { Icon } from './Icon.js';
import { IconButton } from './IconButton.js';

interface FilterBoxProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A box that narrows a list down while one types; Escape empties it. */
export function FilterBox({ label, value, onChange }: FilterBoxProps) {
  return (
    <div class="filter-box">
      <Icon name="filter" />
      <input
        type="text"
        role="searchbox"
        aria-label={label}
        placeholder={label}
        spellcheck={false}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value !== '') {
            event.stopPropagation();
            onChange('');
          }
        }}
      />
      {value === '' ? null : (
        <IconButton icon="close" label={t('clearFilter')} onClick={() => onChange('')} />
      )}
    </div>
  );
}

/** Whether `text` contains every word of `filter`, in any case. */
export function matchesFilter(text: string, filter: string): boolean {
  const folded = text.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => folded.includes(word));
}
