import { isRunId } from '../explorer/runFilters.js';

/** What an address of MLflow's pages shows. */
export type UiTarget =
  | { readonly kind: 'run'; readonly runId: string }
  | { readonly kind: 'experiment'; readonly experimentId: string };

/** An address of MLflow's pages in a text. */
export interface UiLink {
  readonly start: number;
  readonly length: number;
  /** The tracking URI that the page belongs to: all that stands before the fragment. */
  readonly uri: string;
  readonly target: UiTarget;
}

/** Lines are longer than this only where no address of a page is meant. */
const LINE_LENGTH_MAX = 4_000;

/**
 * An address as MLflow's clients print it at the end of a run, `<tracking URI>/#/experiments/1/runs/<id>`, and as
 * its pages have it, with what may follow: a tab, the path of an artifact, a query.
 */
const LINK =
  /https?:\/\/[^\s"'<>#]{1,2000}\/#\/experiments\/([\w-]{1,64})(?:\/runs\/([\w-]{1,256}))?((?:[/?][^\s"'<>)\]]*)?)/g;

/** Databricks has no fragment, and evaluations name their run in the query. */
const RUN_PATH = /\/experiments\/[\w-]{1,64}\/runs\/([\w-]{1,256})(?![\w-])/;
const RUN_IN_QUERY = /[?&]selectedRunUuid=([\w-]{1,256})(?![\w-])/;

/** The addresses of MLflow's pages in a line of text. */
export function uiLinks(line: string): UiLink[] {
  if (line.length > LINE_LENGTH_MAX) {
    return [];
  }
  return [...line.matchAll(LINK)].map((match) => {
    const [text, experimentId = '', inPath, rest = ''] = match;
    const runId = inPath ?? RUN_IN_QUERY.exec(rest)?.[1];
    return {
      start: match.index,
      length: text.length,
      uri: text.slice(0, text.indexOf('/#/')),
      target:
        runId !== undefined && isRunId(runId) ? { kind: 'run', runId } : { kind: 'experiment', experimentId },
    };
  });
}

/** The run that an address of some page names in its path or its query, wherever that page is. */
export function runOfAddress(address: string): string | undefined {
  const runId = (RUN_PATH.exec(address) ?? RUN_IN_QUERY.exec(address))?.[1];
  return runId !== undefined && isRunId(runId) ? runId : undefined;
}
