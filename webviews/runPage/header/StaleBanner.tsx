import type { Staleness } from '../../../src/core/domain/runLiveness.js';
import { Banner } from '../../shared/components/Banner.js';
import { t } from '../../shared/strings.js';
import { endRun } from '../messages.js';

const timeFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** Says why the run is not believed to be running, and offers to end it. */
export function StaleBanner({ stale }: { stale: Staleness }) {
  const actions = (
    <div class="banner-actions">
      <button type="button" class="button" onClick={() => endRun('FAILED')}>
        {t('setToFailed')}
      </button>
      <button type="button" class="button" onClick={() => endRun('KILLED')}>
        {t('setToKilled')}
      </button>
    </div>
  );
  return (
    <Banner kind="warning" actions={actions}>
      {t(stale.kind === 'gone' ? 'staleGone' : 'staleSilent', { time: timeFormat.format(stale.since) })}
    </Banner>
  );
}
