import type { RunPageRun } from '../../../src/protocol/runPage.js';
import { Empty } from '../../shared/components/Empty.js';
import { Icon } from '../../shared/components/Icon.js';
import { t } from '../../shared/strings.js';
import { usePage } from '../context.js';
import { KeyValueTable } from './KeyValueTable.js';
import { PageSection } from './PageSection.js';

/** The tags that people set, and below them, collapsed, those that MLflow sets. */
export function Tags({ tags, systemTags }: Pick<RunPageRun, 'tags' | 'systemTags'>) {
  return (
    <PageSection id="tags" title={t('tags')} count={tags.length}>
      {tags.length === 0 ? (
        <Empty>{t('tagsEmpty')}</Empty>
      ) : (
        <KeyValueTable id="tags" label={t('tags')} keyLabel={t('tag')} entries={tags} />
      )}
      {systemTags.length > 0 ? <SystemTags entries={systemTags} /> : null}
    </PageSection>
  );
}

function SystemTags({ entries }: { entries: RunPageRun['systemTags'] }) {
  const { view } = usePage();
  const expanded = view.isExpanded('systemTags', false);
  return (
    <>
      <button
        type="button"
        class="group-toggle"
        aria-expanded={expanded}
        onClick={() => view.setExpanded('systemTags', !expanded)}
      >
        <Icon name={expanded ? 'chevron-down' : 'chevron-right'} />
        {t('systemTags')} <span class="count-badge">{entries.length}</span>
      </button>
      {expanded ? (
        <KeyValueTable id="systemTags" label={t('systemTags')} keyLabel={t('tag')} entries={entries} />
      ) : null}
    </>
  );
}
