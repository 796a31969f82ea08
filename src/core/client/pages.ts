import type { Page } from '../stores/trackingStore.js';
import { listIn, optionalText } from '../wire/readJson.js';

/** The page of results under `name` in an answer. */
export function pageOf<T>(json: unknown, name: string, read: (item: unknown) => T): Page<T> {
  const nextPageToken = optionalText(json, 'next_page_token');
  return { items: listIn(json, name).map(read), ...(nextPageToken !== undefined && { nextPageToken }) };
}
