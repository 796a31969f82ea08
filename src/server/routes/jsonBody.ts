import { parseJson } from '../../core/wire/json.js';

/**
 * The value of a request's body. As in MLflow, a body that is no JSON counts as none, and one that old clients
 * encoded twice is decoded twice.
 */
export function jsonBody(body: unknown): unknown {
  const once = typeof body === 'string' ? tryParse(body) : undefined;
  return typeof once === 'string' ? tryParse(once) : once;
}

function tryParse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
