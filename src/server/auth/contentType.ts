import { invalidParameter, type MlflowError } from '../../core/base/errors.js';

const JSON_ONLY: readonly string[] = ['application/json'];

/**
 * What is wrong with the Content-Type of a request. Routes read JSON, but for those that name other types: all of
 * them types that a web page cannot send to us without asking first, and nobody answers that it may.
 * @param types that the route reads
 */
export function wrongContentType(
  method: string,
  contentType: string | undefined,
  types: readonly string[] = JSON_ONLY,
): MlflowError | undefined {
  if (method !== 'POST' && method !== 'PATCH') {
    return undefined;
  }
  if (contentType === undefined) {
    return invalidParameter('Bad Request. Content-Type header is missing.');
  }
  if (types.includes(mediaTypeOf(contentType))) {
    return undefined;
  }
  const list = types.map((type) => `'${type}'`).join(', ');
  return invalidParameter(`Bad Request. Content-Type must be one of [${list}].`);
}

/** A Content-Type without its parameters. */
export function mediaTypeOf(contentType: string | undefined): string {
  return contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
}
