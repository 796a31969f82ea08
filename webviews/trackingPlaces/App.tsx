import type { ReadonlySignal } from '@preact/signals';
import type { ToTrackingPlaces } from '../../src/protocol/trackingPlaces.js';
import { Announcer } from '../shared/announcer.js';
import { Empty } from '../shared/components/Empty.js';
import { Folder } from './Folder.js';

/** The whole page. */
export function App({ places }: { places: ReadonlySignal<ToTrackingPlaces | undefined> }) {
  const known = places.value;
  return (
    <>
      <Announcer />
      <main class="page" aria-busy={known === undefined}>
        {known === undefined ? (
          <div class="progress" role="progressbar" />
        ) : (
          <>
            <header class="page-header">
              <h1>{known.texts.title}</h1>
              <p class="faint">{known.texts.intro}</p>
            </header>
            {known.folders.length === 0 ? <Empty>{known.texts.empty}</Empty> : null}
            {known.folders.map((folder) => (
              <Folder key={folder.uri} folder={folder} texts={known.texts} />
            ))}
          </>
        )}
      </main>
    </>
  );
}
