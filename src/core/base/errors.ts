/**
 * The error codes of MLflow's REST API that this project uses, with the HTTP status that MLflow
 * sends for each (`mlflow.exceptions.ERROR_CODE_TO_HTTP_STATUS`).
 */
export const HTTP_STATUS_OF_CODE = {
  INTERNAL_ERROR: 500,
  INVALID_STATE: 500,
  DATA_LOSS: 500,
  NOT_IMPLEMENTED: 501,
  TEMPORARILY_UNAVAILABLE: 503,
  DEADLINE_EXCEEDED: 504,
  REQUEST_LIMIT_EXCEEDED: 429,
  CANCELLED: 499,
  RESOURCE_EXHAUSTED: 429,
  ABORTED: 409,
  RESOURCE_CONFLICT: 409,
  ALREADY_EXISTS: 409,
  NOT_FOUND: 404,
  ENDPOINT_NOT_FOUND: 404,
  RESOURCE_DOES_NOT_EXIST: 404,
  PERMISSION_DENIED: 403,
  CUSTOMER_UNAUTHORIZED: 401,
  UNAUTHENTICATED: 401,
  BAD_REQUEST: 400,
  INVALID_PARAMETER_VALUE: 400,
  RESOURCE_ALREADY_EXISTS: 400,
} as const;

/** A reason that MLflow's API gives for a failure; callers branch on it, never on the message. */
export type ErrorCode = keyof typeof HTTP_STATUS_OF_CODE;

/** A failure of the tracking API: what MLflow sends as `{error_code, message}`. */
export class MlflowError extends Error {
  override readonly name = 'MlflowError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** The HTTP status that goes with {@link code}. */
  get httpStatus(): number {
    return HTTP_STATUS_OF_CODE[this.code];
  }

  /** Whether `error` is an {@link MlflowError}, and of this code where one is named. */
  static is(error: unknown, code?: ErrorCode): error is MlflowError {
    return error instanceof MlflowError && (code === undefined || error.code === code);
  }
}

/** Whether `text` is one of the codes above (servers may send codes that this project does not know). */
export function isErrorCode(text: unknown): text is ErrorCode {
  return typeof text === 'string' && Object.hasOwn(HTTP_STATUS_OF_CODE, text);
}

/** A value of a request that MLflow refuses. */
export function invalidParameter(message: string): MlflowError {
  return new MlflowError('INVALID_PARAMETER_VALUE', message);
}

/** Something named by a request that is not there. */
export function doesNotExist(message: string): MlflowError {
  return new MlflowError('RESOURCE_DOES_NOT_EXIST', message);
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
