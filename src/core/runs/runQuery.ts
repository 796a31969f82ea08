import type { Run } from '../domain/run.js';
import { isRunId } from '../explorer/runFilters.js';
import { runOfAddress, uiLinks, type UiLink } from './uiLinks.js';

/** What a person looks for: typed or pasted. */
export type RunQuery =
  | { readonly kind: 'recent' }
  /** A run or an experiment that is named exactly; `uri` is the tracking URI where the text names one. */
  | { readonly kind: 'run'; readonly runId: string; readonly uri?: string }
  | { readonly kind: 'experiment'; readonly experimentId: string; readonly uri: string }
  | WordsQuery;

/** Words that stand in a run's name, or the first characters of its id. */
export interface WordsQuery {
  readonly kind: 'words';
  readonly words: readonly string[];
  readonly idPrefix?: string;
}

const QUERY_LENGTH_MAX = 4_000;
const WORDS_MAX = 8;
const WORD_LENGTH_MAX = 200;
/** Fewer characters stand at the beginning of too many ids to mean one. */
const ID_PREFIX_MIN = 3;

/** An id as MLflow makes them: nobody types one of these to mean anything else. */
const WHOLE_ID = /^[0-9a-f]{32}$/i;

/** `runs:/<id>` and `runs:/<id>/<path of an artifact>`. */
const RUNS_URI = /^runs:\/+([\w-]+)(?:\/|$)/;

/** Reads what a person typed or pasted: an address of MLflow's pages, a `runs:/` URI, an id, or words of a name. */
export function parseRunQuery(input: string): RunQuery {
  const text = input.slice(0, QUERY_LENGTH_MAX).trim();
  const runId = RUNS_URI.exec(text)?.[1];
  if (runId !== undefined && isRunId(runId)) {
    return { kind: 'run', runId };
  }
  if (WHOLE_ID.test(text)) {
    return { kind: 'run', runId: text.toLowerCase() };
  }
  const [link] = uiLinks(text);
  if (link !== undefined) {
    return queryOfLink(link);
  }
  const inAddress = /^https?:\/\//.test(text) ? runOfAddress(text) : undefined;
  return inAddress === undefined ? queryOfWords(text) : { kind: 'run', runId: inAddress };
}

function queryOfLink({ uri, target }: UiLink): RunQuery {
  return target.kind === 'run'
    ? { kind: 'run', runId: target.runId, uri }
    : { kind: 'experiment', experimentId: target.experimentId, uri };
}

function queryOfWords(text: string): RunQuery {
  const words = text
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, WORDS_MAX)
    .map((word) => word.slice(0, WORD_LENGTH_MAX));
  const [first] = words;
  if (first === undefined) {
    return { kind: 'recent' };
  }
  const mayBeId = words.length === 1 && first.length >= ID_PREFIX_MIN && isRunId(first);
  return { kind: 'words', words, ...(mayBeId && { idPrefix: first.toLowerCase() }) };
}

/**
 * Filters in MLflow's grammar whose results together hold every run with these words, and maybe others: the grammar
 * has no "or", and no way to mean a wildcard as itself. {@link rankOf} tells which do.
 */
export function filtersOf({ words, idPrefix }: WordsQuery): readonly string[] {
  const names = words.map((word) => `attributes.run_name ILIKE '%${pattern(word)}%'`).join(' AND ');
  return idPrefix === undefined ? [names] : [names, `attributes.run_id LIKE '${pattern(idPrefix)}%'`];
}

/**
 * A pattern that matches `word`. What quotes, escapes or has case outside of ASCII becomes "any character": stores
 * differ in these.
 */
function pattern(word: string): string {
  return word.replace(/[^\w .:/+=@#-]/gu, '_');
}

/** How well a run fits, best first: a lower number is better; undefined for one that does not. */
export function rankOf({ info }: Run, query: RunQuery): number | undefined {
  if (query.kind !== 'words') {
    return 0;
  }
  const name = info.runName.toLowerCase();
  const words = query.words.map((word) => word.toLowerCase());
  const text = words.join(' ');
  if (query.idPrefix === info.runId.toLowerCase()) return 0;
  if (name === text) return 1;
  if (words.every((word) => name.includes(word))) return name.startsWith(text) ? 2 : 3;
  return query.idPrefix !== undefined && info.runId.toLowerCase().startsWith(query.idPrefix) ? 4 : undefined;
}
