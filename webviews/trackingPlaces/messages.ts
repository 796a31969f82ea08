import type { FromTrackingPlaces, PlaceAction } from '../../src/protocol/trackingPlaces.js';
import { pageApi, type PageApi } from '../shared/api.js';

/** All that the page says to the extension, by name. */

// Asked for when first needed, so that a module which only mentions a message needs no VS Code.
const api = (): PageApi<FromTrackingPlaces, object> => pageApi();

/** The page listens: it wants everything that it shows. */
export function sendReady(): void {
  api().send({ type: 'ready' });
}

export function runAction(folder: string, action: PlaceAction): void {
  api().send({ type: 'run', folder, action });
}

/** Has the tracking URI of a place copied whole: the page knows it without its secret only. */
export function copyUri(folder: string, place: string): void {
  api().send({ type: 'copyUri', folder, place });
}
