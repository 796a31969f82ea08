import { type ComponentChildren } from 'preact';
import { formatAge, formatDuration } from '../../../src/core/domain/format.js';
import type { RunPageRun } from '../../../src/protocol/runPage.js';
import { useNow } from '../../shared/clock.js';
import { CopyButton } from '../../shared/components/CopyButton.js';
import { Icon } from '../../shared/components/Icon.js';
import { t } from '../../shared/strings.js';
import { copy, openSource } from '../messages.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** Characters of a commit that tell it apart. */
const SHORT_COMMIT = 7;

/** What is known of the run besides what it logged. */
export function Facts({ run }: { run: RunPageRun }) {
  return (
    <section aria-label={t('details')}>
      <dl class="facts">
        <Fact name={t('started')}>
          <Started startTime={run.startTime} />
        </Fact>
        <Fact name={t('duration')}>
          <Duration run={run} />
        </Fact>
        {run.user === '' ? null : <Fact name={t('user')}>{run.user}</Fact>}
        <Fact name={t('runId')}>
          <Copyable text={run.runId} label={t('copyRunId')} />
        </Fact>
        {run.source ? (
          <Fact name={t('source')} wide>
            <Source source={run.source} />
          </Fact>
        ) : null}
        <Fact name={t('artifactLocation')} wide>
          <Copyable text={run.artifactUri} label={t('copyArtifactLocation')} />
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ name, wide, children }: { name: string; wide?: boolean; children: ComponentChildren }) {
  return (
    <div class={wide ? 'fact wide' : 'fact'}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const dateFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

function Started({ startTime }: { startTime: number | undefined }) {
  const now = useNow(MINUTE / 4);
  if (startTime === undefined) return <>{t('notStarted')}</>;
  return (
    <time dateTime={new Date(startTime).toISOString()}>
      {dateFormat.format(startTime)}
      <span class="faint"> · {t('ago', { age: formatAge(now - startTime) })}</span>
    </time>
  );
}

/** How long the run took; while it runs, how long it has been running, by the second. */
function Duration({ run: { status, stale, startTime, endTime } }: { run: RunPageRun }) {
  const running = status === 'RUNNING' && endTime === undefined && stale === undefined;
  const now = useNow(SECOND, running);
  const end = endTime ?? stale?.since ?? (running ? now : undefined);
  if (startTime === undefined || end === undefined) return <span class="absent">–</span>;
  return (
    <>
      <span class="tabular">{formatDuration(end - startTime)}</span>
      {running ? <span class="faint"> {t('soFar')}</span> : null}
    </>
  );
}

function Source({ source }: { source: NonNullable<RunPageRun['source']> }) {
  const { name, branch, commit } = source;
  return (
    <>
      <button
        type="button"
        class="link-button ellipsis"
        title={name}
        aria-label={`${t('openSource')}: ${name}`}
        onClick={openSource}
      >
        {lastSegment(name)}
      </button>{' '}
      {branch === undefined ? null : (
        <span class="chip" title={t('branch', { branch })}>
          <Icon name="git-branch" />
          <span class="ellipsis">{branch}</span>
        </span>
      )}{' '}
      {commit === undefined ? null : (
        <span class="chip" title={t('commit', { commit })}>
          <Icon name="git-commit" />
          <span class="monospace">{commit.slice(0, SHORT_COMMIT)}</span>
          <CopyButton label={t('copyCommit')} copy={() => copy(commit)} />
        </span>
      )}
    </>
  );
}

function Copyable({ text, label }: { text: string; label: string }) {
  return (
    <>
      <span class="monospace ellipsis" title={text}>
        {text}
      </span>
      <CopyButton label={label} copy={() => copy(text)} />
    </>
  );
}

/** What stands after the last slash of a path, or the whole where nothing does. */
function lastSegment(path: string): string {
  const last = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return last === '' ? path : last;
}
