import { useEffect, useRef } from 'preact/hooks';
import type { RunPageRun } from '../../../src/protocol/runPage.js';
import { announce } from '../../shared/announcer.js';
import { classes } from '../../shared/classes.js';
import { Icon } from '../../shared/components/Icon.js';
import { t } from '../../shared/strings.js';
import { openRun } from '../messages.js';
import { STALE_LOOK, STATUS_LOOKS } from './status.js';

/** Which run this is, where it belongs and how it stands. */
export function Header({ run }: { run: RunPageRun }) {
  const look = run.stale ? STALE_LOOK : STATUS_LOOKS[run.status];
  useStatusAnnounced(run.runName, t(look.word));
  return (
    <header class="page-header">
      <nav aria-label={t('breadcrumb')}>
        <ol class="breadcrumb">
          <li>{run.storeLabel}</li>
          <li>
            <Icon name="chevron-right" />
            {run.experimentName}
          </li>
        </ol>
      </nav>
      <div class="title-line">
        <h1>{run.runName}</h1>
        <span class={classes('status', look.class)}>
          <Icon name={look.icon} spin={run.status === 'RUNNING' && !run.stale} />
          {t(look.word)}
        </span>
      </div>
      {run.parent ? <ParentLink parent={run.parent} /> : null}
    </header>
  );
}

function ParentLink({ parent }: { parent: NonNullable<RunPageRun['parent']> }) {
  return (
    <p class="parent">
      {t('childOf')}{' '}
      <button
        type="button"
        class="link-button"
        aria-label={t('openParent', { run: parent.runName })}
        onClick={() => openRun(parent.runId)}
      >
        {parent.runName}
      </button>
    </p>
  );
}

/** Says a new status aloud, but not the one that the page opened with. */
function useStatusAnnounced(runName: string, status: string): void {
  const before = useRef(status);
  useEffect(() => {
    if (before.current === status) return;
    before.current = status;
    announce(t('statusOf', { run: runName, status }));
  }, [runName, status]);
}
