import { useEffect, useRef } from 'preact/hooks';
import type { RunStatus } from '../../../src/core/domain/run.js';
import type { RunPageRun } from '../../../src/protocol/runPage.js';
import { announce } from '../../shared/announcer.js';
import { classes } from '../../shared/classes.js';
import { Icon } from '../../shared/components/Icon.js';
import { t } from '../../shared/strings.js';
import { openRun } from '../messages.js';
import { STATUS_LOOKS } from './status.js';

/** Which run this is, where it belongs and how it stands. */
export function Header({ run }: { run: RunPageRun }) {
  useStatusAnnounced(run.runName, run.status);
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
        <Status status={run.status} />
      </div>
      {run.parent ? <ParentLink parent={run.parent} /> : null}
    </header>
  );
}

function Status({ status }: { status: RunStatus }) {
  const look = STATUS_LOOKS[status];
  return (
    <span class={classes('status', look.class)}>
      <Icon name={look.icon} spin={status === 'RUNNING'} />
      {t(look.word)}
    </span>
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
function useStatusAnnounced(runName: string, status: RunStatus): void {
  const before = useRef(status);
  useEffect(() => {
    if (before.current === status) return;
    before.current = status;
    announce(t('statusOf', { run: runName, status: t(STATUS_LOOKS[status].word) }));
  }, [runName, status]);
}
