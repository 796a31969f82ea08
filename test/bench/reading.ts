// What a table of runs and a chart ask for. The answers of both servers must be the same.
import { median, type Scenario, timedTimes } from './measure.js';
import { HISTORY_KEY, HISTORY_POINTS, LARGE_RUNS, type Seed, SMALL_RUNS } from './seed.js';
import type { BenchServer } from './servers.js';

const HISTORY_PAGE = 25_000;

interface RunsAnswer {
  readonly runs?: readonly {
    readonly info: { readonly run_id: string };
    readonly data: Readonly<Record<'metrics' | 'params' | 'tags', readonly unknown[]>>;
  }[];
}

interface HistoryAnswer {
  readonly metrics?: readonly unknown[];
  readonly next_page_token?: string;
}

/** All scenarios that read. */
export function readingScenarios(seed: Seed): Scenario[] {
  return [
    search(`\`runs/search\`, ${SMALL_RUNS} runs of 25 values`, 5, SMALL_RUNS, {
      experiment_ids: [seed.small],
      max_results: SMALL_RUNS,
    }),
    search(`\`runs/search\`, metric filter and order over ${LARGE_RUNS} runs, 100 of them`, 3, 100, {
      experiment_ids: [seed.large],
      filter: 'metrics.metric_1 > 0.5',
      order_by: ['metrics.metric_2 ASC'],
      max_results: 100,
    }),
    history(seed),
  ];
}

function search(title: string, rounds: number, expected: number, request: object): Scenario {
  const body = JSON.stringify(request);
  let others: string | undefined;
  return {
    name: title,
    rounds,
    figures: [{ title, unit: 'ms', of: median }],
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
    rounds: 3,
    figures: [{ title, unit: 'ms', of: median }],
    async prepare(server) {
      const read = async () => {
        const points = await readHistory(server, seed);
        if (points !== HISTORY_POINTS) {
          throw new Error(`${HISTORY_POINTS} points were expected, ${points} came`);
        }
      };
      await read();
      return () => timedTimes(1, read);
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
