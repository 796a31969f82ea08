import type { PlaceButton, PlaceRow, PlacesFolder, PlacesTexts } from '../../src/protocol/trackingPlaces.js';
import { classes } from '../shared/classes.js';
import { CopyButton } from '../shared/components/CopyButton.js';
import { Icon } from '../shared/components/Icon.js';
import { copyUri, runAction } from './messages.js';

const STANDING_ICONS = { here: 'pass-filled', depends: 'question', elsewhere: 'arrow-right' } as const;

interface FolderProps {
  readonly folder: PlacesFolder;
  readonly texts: PlacesTexts;
}

/** A workspace folder: what was decided for it, and a table of the places where a script of it starts. */
export function Folder({ folder, texts }: FolderProps) {
  const heading = `folder-${folder.uri}`;
  return (
    <section class="folder" aria-labelledby={heading}>
      <div class="folder-header">
        <h2 id={heading}>{folder.name}</h2>
        <p class={classes('folder-state', folder.attention && 'attention')}>
          <Icon name={folder.icon} /> {folder.sentence}
        </p>
        <Buttons folder={folder.uri} buttons={folder.buttons} about={folder.name} />
      </div>
      <table role="table" class="places" aria-labelledby={heading}>
        <thead role="rowgroup">
          <tr role="row">
            {[texts.place, texts.uri, texts.why].map((label) => (
              <th role="columnheader" scope="col" key={label}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {folder.places.map((place) => (
            <Place key={place.id} folder={folder.uri} place={place} texts={texts} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Place({ folder, place, texts }: { folder: string; place: PlaceRow; texts: PlacesTexts }) {
  const standing = texts.standings[place.standing];
  return (
    <tr role="row" class="row">
      <th role="rowheader" scope="row">
        <Icon name={place.icon} /> <span>{place.label}</span>
      </th>
      <td role="cell" class="uri-cell">
        <span class={`standing standing-${place.standing}`} role="img" aria-label={standing} title={standing}>
          <Icon name={STANDING_ICONS[place.standing]} />
        </span>
        {place.uri === undefined ? (
          <span class="faint">{place.fallback ?? '–'}</span>
        ) : (
          <>
            <span class="monospace uri">{place.uri}</span>
            <CopyButton
              label={texts.copyUri.replace('{place}', place.label)}
              copy={() => copyUri(folder, place.id)}
            />
          </>
        )}
      </td>
      <td role="cell" class="why-cell">
        <span>{place.why}</span>
        <Buttons folder={folder} buttons={place.buttons} about={place.label} />
      </td>
    </tr>
  );
}

interface ButtonsProps {
  readonly folder: string;
  readonly buttons: readonly PlaceButton[];
  /** What the buttons are about: the same words stand in several rows. */
  readonly about: string;
}

function Buttons({ folder, buttons, about }: ButtonsProps) {
  if (buttons.length === 0) return null;
  return (
    <span class="buttons">
      {buttons.map(({ action, icon, label }) => (
        <button
          key={action}
          type="button"
          class="link-button"
          aria-label={`${label} (${about})`}
          onClick={() => runAction(folder, action)}
        >
          <Icon name={icon} /> {label}
        </button>
      ))}
    </span>
  );
}
