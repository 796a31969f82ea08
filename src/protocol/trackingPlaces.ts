/** The messages of the page of tracking places. Sentences are finished: the extension speaks the person's language. */

/** Where runs of a place go: to the folder's store, there under a condition, or to somewhere else. */
export type PlaceStanding = 'here' | 'depends' | 'elsewhere';

/** What the page can ask for. */
export type PlaceAction =
  | 'startTracking'
  | 'stopTracking'
  | 'writeEnvEntry'
  | 'removeEnvEntry'
  | 'insertTrackingLine'
  | 'openEnvFile'
  | 'openTerminalSetting'
  | 'openInjectionSetting'
  | 'trust';

export interface PlaceButton {
  readonly action: PlaceAction;
  readonly icon: string;
  readonly label: string;
}

export interface PlaceRow {
  readonly id: string;
  readonly icon: string;
  readonly label: string;
  /** The tracking URI in force, without secrets; absent where nothing names one. */
  readonly uri?: string;
  /** What is in force where nothing names one. */
  readonly fallback?: string;
  readonly why: string;
  readonly standing: PlaceStanding;
  readonly buttons: readonly PlaceButton[];
}

export interface PlacesFolder {
  /** URI of the workspace folder. */
  readonly uri: string;
  readonly name: string;
  /** What was decided for it. */
  readonly sentence: string;
  readonly icon: string;
  readonly attention: boolean;
  readonly buttons: readonly PlaceButton[];
  readonly places: readonly PlaceRow[];
}

/** The words for {@link PlaceStanding} and the page's other texts. */
export interface PlacesTexts {
  readonly title: string;
  readonly intro: string;
  readonly place: string;
  readonly uri: string;
  readonly why: string;
  readonly copyUri: string;
  readonly empty: string;
  readonly standings: Readonly<Record<PlaceStanding, string>>;
}

/** Extension to page. */
export interface ToTrackingPlaces {
  readonly type: 'places';
  readonly texts: PlacesTexts;
  readonly folders: readonly PlacesFolder[];
}

/** Page to extension. */
export type FromTrackingPlaces =
  /** The page listens: send everything. Also sent when a hidden page shows again. */
  | { readonly type: 'ready' }
  | { readonly type: 'run'; readonly folder: string; readonly action: PlaceAction }
  /** Copies the tracking URI of a place whole, as a script needs it. */
  | { readonly type: 'copyUri'; readonly folder: string; readonly place: string };
