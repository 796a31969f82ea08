import { t } from '../strings.js';

/** Rows that a long list shows at first: more than anybody reads, few enough to be there at once. */
export const FIRST_PAGE = 200;

/** Says that a list goes on, and shows the rest. Nothing where it does not go on. */
export function ShowAll({
  shown,
  total,
  onShowAll,
}: {
  shown: number;
  total: number;
  onShowAll: () => void;
}) {
  if (shown >= total) return null;
  return (
    <p class="show-all">
      {t('showingFirst', { shown, total })}{' '}
      <button type="button" class="link-button" onClick={onShowAll}>
        {t('showAll')}
      </button>
    </p>
  );
}
