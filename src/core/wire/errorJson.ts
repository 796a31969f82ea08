import { isErrorCode, type ErrorCode, MlflowError } from '../base/errors.js';
import { type JsonObject, text } from './readJson.js';

export function errorToJson({ code, message }: MlflowError): JsonObject {
  return { error_code: code, message };
}

/** The failure that a server answered; by the status alone where the body does not say more. */
export function errorFromJson(status: number, json: unknown): MlflowError {
  const code = text(json, 'error_code');
  const message = text(json, 'message') || `The server answered with status ${status}.`;
  return new MlflowError(isErrorCode(code) ? code : codeOfStatus(status), message);
}

function codeOfStatus(status: number): ErrorCode {
  switch (status) {
    case 400:
      return 'BAD_REQUEST';
    case 401:
      return 'UNAUTHENTICATED';
    case 403:
      return 'PERMISSION_DENIED';
    case 404:
      return 'ENDPOINT_NOT_FOUND';
    case 409:
      return 'RESOURCE_CONFLICT';
    case 429:
      return 'REQUEST_LIMIT_EXCEEDED';
    case 501:
      return 'NOT_IMPLEMENTED';
    case 503:
      return 'TEMPORARILY_UNAVAILABLE';
    case 504:
      return 'DEADLINE_EXCEEDED';
    default:
      return 'INTERNAL_ERROR';
  }
}
