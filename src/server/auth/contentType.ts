import { invalidParameter, type MlflowError } from '../../core/base/errors.js';

/**
 * What is wrong with the Content-Type of a request for a route that reads JSON. Only JSON is read: a web page
 * cannot send that to us without asking first, and nobody answers that it may.
 */
export function wrongContentType(method: string, contentType: string | undefined): MlflowError | undefined {
  if (method !== 'POST' && method !== 'PATCH') {
    return undefined;
  }
  if (contentType === undefined) {
    return invalidParameter('Bad Request. Content-Type header is missing.');
  }
  return contentType.split(';')[0]?.trim().toLowerCase() === 'application/json'
    ? undefined
    : invalidParameter("Bad Request. Content-Type must be one of ['application/json'].");
}
