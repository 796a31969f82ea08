// What a table of runs and a chart ask for. The answers of both servers must be the same.
import { GaveUp, median, type Scenario, timedTimes } from './measure.js';
import {
  CHART_POINTS,
  CHART_RUNS,
  HISTORY_KEY,
  HISTORY_POINTS,
  HUGE_RUNS,
  LARGE_RUNS,
  type Seed,
  SMALL_RUNS,
} from './seed.js';
import type { BenchServer } from './servers.js';

const HISTORY_PAGE = 25_000;
const DEEP_PAGE = 100;
const PAGE_RUNS = 100;
/** What MLflow's own pages ask for. */
const CHART_RESULTS = 320;

interface RunsAnswer {
  readonly next_page_token?: string;
  readonly runs?: readonly {
    readonly info: { readonly run_id: string };
    readonly data: Readonly<Record<'metrics' | 'params' | 'tags', readonly unknown[]>>;
  }[];
}

interface HistoryAnswer {
  readonly metrics?: readonly { readonly run_id?: string; readonly step?: number }[];
  readonly next_page_token?: string;
}

/** A search that takes longer is given up. */
const PATIENCE_MS = 240_000;

/** The scenarios that read, but for the longest. */
export function readingScenarios(seed: Seed): Scenario[] {
  return [
    search(
      `\`runs/search\`, ${SMALL_RUNS} runs of 25 values`,
      { rounds: 5, aim: 10, expected: SMALL_RUNS },
      {
        experiment_ids: [seed.small],
        max_results: SMALL_RUNS,
      },
    ),
    filtered(seed.large, LARGE_RUNS, { rounds: 3, aim: 30, expected: 100 }),
    page(seed, 1),
    page(seed, DEEP_PAGE),
    history(seed),
    chart(seed),
  ];
}

/** What may keep a server busy long after it was asked, so that nothing can be measured afterwards. */
export function longestScenario(seed: Seed): Scenario {
  const title = filteredTitle(HUGE_RUNS);
  const body = JSON.stringify(filteredRequest(seed.huge));
  return {
    name: title,
    rounds: 1,
    figures: [{ title, unit: 'ms', aim: 100, of: median }],
    prepare: ({ client }) =>
      Promise.resolve(() =>
        timedTimes(1, () => untilGivenUp((signal) => client.send('POST', 'runs/search', body, signal))),
      ),
  };
}

async function untilGivenUp(action: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    await action(signal);
  } catch (error) {
    throw signal.aborted ? new GaveUp(PATIENCE_MS) : error;
  }
}

interface Expectation {
  readonly rounds: number;
  readonly aim: number;
  /** How many runs come. */
  readonly expected: number;
}

function filtered(experiment: string, runs: number, expectation: Expectation): Scenario {
  return search(filteredTitle(runs), expectation, filteredRequest(experiment));
}

function filteredTitle(runs: number): string {
  return `\`runs/search\`, metric filter and order over ${runs} runs, 100 of them`;
}

function filteredRequest(experiment: string): object {
  return {
    experiment_ids: [experiment],
    filter: 'metrics.metric_1 > 0.5',
    order_by: ['metrics.metric_2 ASC'],
    max_results: 100,
  };
}

/** One page of a search, found by the token of the page before it. */
function page(seed: Seed, number: number): Scenario {
  const title = `\`runs/search\`, page ${number} of ${PAGE_RUNS} runs each`;
  const request = { experiment_ids: [seed.huge], max_results: PAGE_RUNS };
  return {
    name: title,
    rounds: 2,
    figures: [{ title, unit: 'ms', of: median }],
    async prepare({ client, side }) {
      let token: string | undefined;
      // MLflow's tokens are offsets, ours are the last row: only by going there is ours known.
      const pages = side === 'workbench' ? number : 1;
      for (let before = 1; before < pages; before += 1) {
        const answer = await client.call<RunsAnswer>('runs/search', { ...request, page_token: token });
        token = answer.next_page_token;
      }
      if (side === 'mlflow' && number > 1) {
        token = offsetToken((number - 1) * PAGE_RUNS);
      }
      const body = JSON.stringify({ ...request, page_token: token });
      await client.send('POST', 'runs/search', body);
      return () => timedTimes(3, () => client.send('POST', 'runs/search', body));
    },
  };
}

/** A page token as MLflow's server makes them. */
function offsetToken(offset: number): string {
  return Buffer.from(JSON.stringify({ offset })).toString('base64');
}

/** What a chart of many runs asks for. */
function chart(seed: Seed): Scenario {
  const title = `\`metrics/get-history-bulk-interval\`, ${CHART_RUNS} runs of ${CHART_POINTS} points to ${CHART_RESULTS} each`;
  const query = new URLSearchParams({ metric_key: HISTORY_KEY, max_results: String(CHART_RESULTS) });
  seed.chartRuns.forEach((run) => query.append('run_ids', run));
  const endpoint = `metrics/get-history-bulk-interval?${query.toString()}`;
  let others: string | undefined;
  return {
    name: title,
    rounds: 2,
    figures: [{ title, unit: 'ms', aim: 40, of: median }],
    async prepare({ client }) {
      const answer = JSON.parse((await client.send('GET', endpoint)).toString()) as HistoryAnswer;
      const summary = JSON.stringify(answer.metrics?.map(({ run_id, step }) => [run_id, step]).sort());
      if (others !== undefined && others !== summary) {
        throw new Error('the servers took different points');
      }
      others = summary;
      return () => timedTimes(1, () => client.send('GET', endpoint));
    },
  };
}

function search(title: string, { rounds, aim, expected }: Expectation, request: object): Scenario {
  const body = JSON.stringify(request);
  let others: string | undefined;
  return {
    name: title,
    rounds,
    figures: [{ title, unit: 'ms', aim, of: median }],
    async prepare({ client }) {
      const answer = await client.call<RunsAnswer>('runs/search', request);
      const summary = summarise(answer);
      if (answer.runs?.length !== expected) {
        throw new Error(`${expected} runs were expected, ${answer.runs?.length ?? 0} came`);
      }
      if (others !== undefined && others !== summary) {
        throw new Error('the servers found different runs, or in another order');
      }
      others = summary;
      return () => timedTimes(1, () => client.send('POST', 'runs/search', body));
    },
  };
}

/** The runs in their order, with how many values each has. */
function summarise({ runs = [] }: RunsAnswer): string {
  const line = ({ info, data }: (typeof runs)[number]) =>
    [info.run_id, data.metrics.length, data.params.length, data.tags.length].join(' ');
  return runs.map(line).join('\n');
}

function history(seed: Seed): Scenario {
  const title = `\`metrics/get-history\`, ${HISTORY_POINTS} points by pages of ${HISTORY_PAGE}`;
  return {
    name: title,
    rounds: 1,
    figures: [{ title, unit: 'ms', aim: 10, of: median }],
    prepare(server) {
      const read = async () => {
        const points = await readHistory(server, seed);
        if (points !== HISTORY_POINTS) {
          throw new Error(`${HISTORY_POINTS} points were expected, ${points} came`);
        }
      };
      return Promise.resolve(() => timedTimes(1, read));
    },
  };
}

/** Reads all pages of the long history and returns how many points came. The next token is in the answer. */
async function readHistory({ client }: BenchServer, seed: Seed): Promise<number> {
  let points = 0;
  let token: string | undefined;
  do {
    const query = new URLSearchParams({
      run_id: seed.historyRun,
      metric_key: HISTORY_KEY,
      max_results: String(HISTORY_PAGE),
      ...(token ? { page_token: token } : {}),
    });
    const content = await client.send('GET', `metrics/get-history?${query.toString()}`);
    const answer = JSON.parse(content.toString()) as HistoryAnswer;
    points += answer.metrics?.length ?? 0;
    token = answer.next_page_token;
  } while (token);
  return points;
}
