import { type ExactJson, NumberText } from '../base/pythonJson.js';
import { toInt64 } from '../domain/int64.js';

/** The value as JSON is written elsewhere in the API: integers exactly, other numbers as doubles. */
export function plainJson(json: ExactJson): unknown {
  if (json instanceof NumberText) {
    return json.isInteger ? toInt64(BigInt(json.text)) : finite(json.value);
  }
  if (Array.isArray(json)) {
    return (json as readonly ExactJson[]).map(plainJson);
  }
  if (typeof json === 'object' && json !== null) {
    return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, plainJson(value)]));
  }
  return json;
}

function finite(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
