import { MlflowError } from '../../core/base/errors.js';
import { parseBoundedJson } from '../../core/wire/structure.js';

/**
 * The value of a request's body. As in MLflow, a body that is no JSON counts as none, and one that old clients
 * encoded twice is decoded twice.
 * @throws MlflowError INVALID_PARAMETER_VALUE where it is nested too deep or holds too many values
 */
export function jsonBody(body: unknown): unknown {
  const once = typeof body === 'string' ? jsonValue(body) : undefined;
  return typeof once === 'string' ? jsonValue(once) : once;
}

/**
 * The value of a client's JSON text; undefined where it is no JSON.
 * @throws MlflowError INVALID_PARAMETER_VALUE as {@link jsonBody}
 */
export function jsonValue(text: string): unknown {
  try {
    return parseBoundedJson(text);
  } catch (error) {
    if (MlflowError.is(error)) {
      throw error;
    }
    return undefined;
  }
}
