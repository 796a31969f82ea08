import type { RunPageRun } from '../../src/protocol/runPage.js';
import { Announcer } from '../shared/announcer.js';
import { Banner } from '../shared/components/Banner.js';
import { t } from '../shared/strings.js';
import { Artifacts } from './artifacts/Artifacts.js';
import { Page } from './context.js';
import { Datasets, Models } from './details/InputsAndOutputs.js';
import { PageSection } from './details/PageSection.js';
import { Params } from './details/Params.js';
import { Tags } from './details/Tags.js';
import { Facts } from './header/Facts.js';
import { Header } from './header/Header.js';
import { StaleBanner } from './header/StaleBanner.js';
import { sendReady } from './messages.js';
import { MetricSections } from './metrics/MetricSections.js';
import type { RunPageModel } from './model.js';
import type { ViewState } from './viewState.js';

/** The whole page. */
export function App({ model, view }: { model: RunPageModel; view: ViewState }) {
  const run = model.run.value;
  const failure = model.failure.value;
  const loading = run === undefined && failure === undefined;
  return (
    <Page.Provider value={{ model, view }}>
      <Announcer />
      <main class="page" aria-busy={loading}>
        {loading ? <div class="progress" role="progressbar" aria-label={t('loadingRun')} /> : null}
        {failure === undefined ? null : <Failure message={failure} first={run === undefined} />}
        {run ? <RunView run={run} /> : null}
      </main>
    </Page.Provider>
  );
}

function RunView({ run }: { run: RunPageRun }) {
  return (
    <>
      {run.lifecycleStage === 'deleted' ? <Banner kind="warning">{t('deletedBanner')}</Banner> : null}
      {run.stale ? <StaleBanner stale={run.stale} /> : null}
      <Header run={run} />
      <Facts run={run} />
      <div class="columns">
        <div class="column">
          {run.note ? (
            <PageSection id="description" title={t('description')}>
              <p class="note">{run.note}</p>
            </PageSection>
          ) : null}
          <MetricSections />
          <Params params={run.params} />
        </div>
        <div class="column">
          <Artifacts />
          <Models models={run.models} />
          <Datasets datasets={run.datasets} />
          <Tags tags={run.tags} systemTags={run.systemTags} />
        </div>
      </div>
    </>
  );
}

/** Says what went wrong over what was shown before. */
function Failure({ message, first }: { message: string; first: boolean }) {
  const again = (
    <button type="button" class="button" onClick={sendReady}>
      {t('tryAgain')}
    </button>
  );
  return (
    <Banner kind="error" actions={again}>
      {t(first ? 'failedFirst' : 'failedBanner', { message })}
    </Banner>
  );
}
