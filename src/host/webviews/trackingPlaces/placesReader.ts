import { l10n, workspace, type WorkspaceFolder } from 'vscode';
import { displayUri } from '../../../core/tracking/displayUri.js';
import { type Place, placesOf } from '../../../core/tracking/places.js';
import type { PlacesFolder, PlacesTexts, PlaceRow } from '../../../protocol/trackingPlaces.js';
import type { MlflowReleases } from '../../python/mlflowReleases.js';
import { describeDecision } from '../../tracking/describeDecision.js';
import { placeFactsOf } from '../../tracking/placeFacts.js';
import type { FolderTracking, TrackingDecisions } from '../../tracking/trackingDecisions.js';
import { defaultSentence, placeName, whyOf } from './describePlace.js';
import { folderButtons, placeButtons } from './placeButtons.js';

/** A folder with its places, and the same as the page shows it. */
export interface ReadFolder {
  readonly tracking: FolderTracking;
  readonly places: readonly Place[];
  readonly shown: PlacesFolder;
}

/** Reads which tracking URI is in force where, in each folder of the workspace. */
export class PlacesReader {
  /** The release of `mlflow` in the Python of a folder, by the folder's URI: asking can take a Python process. */
  private readonly releases = new Map<string, Promise<string | undefined>>();

  constructor(
    private readonly decisions: TrackingDecisions,
    private readonly python: MlflowReleases,
  ) {}

  /** Asks for releases again from now on. */
  forget(): void {
    this.releases.clear();
  }

  folders(): Promise<readonly ReadFolder[]> {
    return Promise.all(this.decisions.all.map((each) => this.folder(each)));
  }

  private async folder(tracking: FolderTracking): Promise<ReadFolder> {
    const { folder, decision, entry } = tracking;
    const places = placesOf(await placeFactsOf(folder, decision, await this.releaseOf(folder)));
    const { icon, sentence, attention } = describeDecision(decision);
    const shown: PlacesFolder = {
      uri: folder.uri.toString(),
      name: folder.name,
      icon: icon.replace('~spin', ''),
      sentence,
      attention,
      buttons: folderButtons(decision),
      places: places.map((place) => toRow(place, placeButtons(place, decision, entry !== undefined))),
    };
    return { tracking, places, shown };
  }

  /** Nothing of an untrusted folder is asked which MLflow it has. */
  private releaseOf({ uri }: WorkspaceFolder): Promise<string | undefined> {
    const key = uri.toString();
    const ask = async (): Promise<string | undefined> =>
      workspace.isTrusted ? (await this.python.factsOf(uri.fsPath)).mlflow : undefined;
    const known = this.releases.get(key) ?? ask();
    this.releases.set(key, known);
    return known;
  }
}

function toRow(place: Place, buttons: PlaceRow['buttons']): PlaceRow {
  const { kind, uri, origin, standing } = place;
  const shown = uri === undefined ? {} : { uri: displayUri(uri) };
  const fallback = origin.kind === 'default' ? { fallback: defaultSentence(origin.default) } : {};
  return { id: kind, ...placeName(kind), ...shown, ...fallback, why: whyOf(place), standing, buttons };
}

/** The page's own words. */
export function placesTexts(): PlacesTexts {
  return {
    title: l10n.t('Tracking places'),
    intro: l10n.t(
      'Where a script logs to depends on how it is started. Processes that run already keep what they had.',
    ),
    place: l10n.t('Started in'),
    uri: l10n.t('Tracking URI'),
    why: l10n.t('Why'),
    copyUri: l10n.t('Copy the tracking URI of {0}', '{place}'),
    empty: l10n.t('No folder is open.'),
    standings: {
      here: l10n.t('Logs to the store of this folder'),
      depends: l10n.t('Depends on the script'),
      elsewhere: l10n.t('Logs somewhere else'),
    },
  };
}
