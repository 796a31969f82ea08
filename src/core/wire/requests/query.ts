import { invalidParameter } from '../../base/errors.js';
import type { MessageType } from '../messageTypes.js';

/** The parameters of a GET request as the JSON that the same request would have as a body. */
export function queryToJson(type: MessageType, query: URLSearchParams): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(type)) {
    const values = query.getAll(name);
    const [first] = values;
    if (first === undefined) {
      continue;
    }
    json[name] = field.repeated ? values : field.kind === 'bool' ? truth(first) : first;
  }
  return json;
}

function truth(value: string): boolean {
  const lower = value.toLowerCase();
  if (lower !== 'true' && lower !== 'false') {
    throw invalidParameter(`Invalid boolean value: ${value}, must be 'true' or 'false'.`);
  }
  return lower === 'true';
}
