import { type CompiledSearch, orderColumn, selectPage } from '../../core/search/keyset.js';
import { decodePageToken, encodePageToken, type TokenScope } from '../../core/search/pageToken.js';
import type { SqlValue } from '../../core/search/sql.js';
import type { Page } from '../../core/stores/trackingStore.js';
import type { Database } from './database.js';

/** The rows of one page and the token of the next, if there is one. */
interface RowPage<Row> {
  readonly rows: readonly Row[];
  readonly nextPageToken?: string;
}

/** What page of a search is asked for. */
export interface PageOf {
  readonly maxResults: number;
  readonly pageToken?: string | undefined;
}

/**
 * Reads one page of a search: from the row after the last one that the token remembers, never by counting
 * rows that were shown before.
 * @param columns what to select, over the aliases of the search
 * @param scope what the token belongs to
 */
export function readPage<Row>(
  database: Database,
  search: CompiledSearch,
  columns: string,
  scope: TokenScope,
  page: PageOf,
): RowPage<Row> {
  const keyCount = search.orderKeys.length;
  const { sql, params } = selectPage(search, columns, {
    limit: page.maxResults + 1,
    ...(page.pageToken && { after: decodePageToken(page.pageToken, scope, keyCount) }),
  });
  const found = database.all<Row & Record<string, SqlValue>>(sql, ...params);
  const rows = found.slice(0, page.maxResults);
  const last = rows.at(-1);
  if (found.length <= page.maxResults || last === undefined) {
    return { rows };
  }
  const lastValues = search.orderKeys.map((_, index) => last[orderColumn(index)] ?? null);
  return { rows, nextPageToken: encodePageToken(scope, lastValues) };
}

/** A page of what the rows of one stand for. */
export function toPage<Item>({ nextPageToken }: RowPage<unknown>, items: readonly Item[]): Page<Item> {
  return { items, ...(nextPageToken !== undefined && { nextPageToken }) };
}
