import { useEffect } from 'preact/hooks';
import { IconButton } from '../../shared/components/IconButton.js';
import { t } from '../../shared/strings.js';
import { usePage } from '../context.js';
import { PageSection } from '../details/PageSection.js';
import { ArtifactTree } from './ArtifactTree.js';

/** The run's files. Clients write them past the store, so there is a button to look again. */
export function Artifacts() {
  const { model } = usePage();
  return (
    <PageSection
      id="artifacts"
      title={t('artifacts')}
      actions={
        <IconButton icon="refresh" label={t('refreshArtifacts')} onClick={() => model.reloadFolders()} />
      }
    >
      <LoadedTree />
    </PageSection>
  );
}

/** Asks for the root when it is shown for the first time, not before. */
function LoadedTree() {
  const { model } = usePage();
  useEffect(() => model.loadFolder(''), [model]);
  return <ArtifactTree />;
}
