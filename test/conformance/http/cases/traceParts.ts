import type { DeviationId } from '../../../support/deviationIds.js';
import { type Exchange, post } from '../exchange.js';

// What the exchanges about traces share.

export const V3 = '/api/3.0/mlflow';

export const hex = (letter: string): string => letter.repeat(32);
export const traceId = (letter: string): string => `tr-${hex(letter)}`;

const location = { type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: '<exp>' } };

export function search(name: string, more: object): Exchange {
  return post(`search by ${name}`, `${V3}/traces/search`, { locations: [location], ...more });
}

export function filter(text: string): Exchange {
  return search(text, { filter: text, order_by: ['timestamp_ms ASC'] });
}

/** Where MLflow's sentence lists what it knows in no order. */
export function status(exchange: Exchange): Exchange {
  return { ...exchange, compare: 'status' };
}

/** Where only the statuses differ from MLflow's, and why. */
export function deviates(exchange: Exchange, ours: number, because: DeviationId): Exchange {
  return { ...exchange, compare: { ours, because } };
}
