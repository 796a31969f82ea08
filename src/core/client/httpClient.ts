import { messageOf, MlflowError } from '../base/errors.js';
import { errorFromJson } from '../wire/errorJson.js';
import { parseJson, stringifyJson } from '../wire/json.js';
import type { HttpCall, HttpOptions } from './httpOptions.js';
import { readBytes } from './readBody.js';
import { mayRetryFailure, mayRetryStatus, pauseBefore, sleep } from './retry.js';

const TIMEOUT_MS = 30_000;
const RETRIES = 4;
const MAX_JSON_BYTES = 256_000_000;
const MAX_ERROR_BYTES = 100_000;
const MAX_REDIRECTS = 3;

/** Sends requests to one server and turns its failures into {@link MlflowError}s. */
export class HttpClient {
  /** The server's URI without a slash at its end. */
  readonly uri: string;
  private readonly origin: string;

  constructor(private readonly options: HttpOptions) {
    this.uri = options.uri.replace(/\/+$/, '');
    this.origin = new URL(this.uri).origin;
  }

  /** Sends a request and returns the JSON of its answer. */
  async json(call: HttpCall): Promise<unknown> {
    const response = await this.send(call);
    const text = new TextDecoder().decode(await this.read(response, call.maxBytes ?? MAX_JSON_BYTES));
    try {
      return text === '' ? {} : parseJson(text);
    } catch (error) {
      throw new MlflowError('INTERNAL_ERROR', 'The server answered something that is not JSON.', {
        cause: error,
      });
    }
  }

  /**
   * Sends a request and returns its answer, whose body is still to be read.
   * @throws MlflowError for any status but 2xx, and TEMPORARILY_UNAVAILABLE where the server cannot be reached
   */
  async send(call: HttpCall): Promise<Response> {
    const most = this.options.retries ?? RETRIES;
    for (let attempt = 0; ; attempt += 1) {
      const last = attempt >= most;
      let response: Response;
      try {
        response = await this.fetchOnce(call);
      } catch (error) {
        if (last || this.isCancelled(call) || !mayRetryFailure(call, error)) {
          throw this.unreachable(error, call);
        }
        await sleep(pauseBefore(attempt, null), this.signalOf(call));
        continue;
      }
      if (response.ok) {
        return response;
      }
      if (last || !mayRetryStatus(call, response.status)) {
        throw await this.failure(response);
      }
      await response.body?.cancel();
      this.options.logger?.debug(`${call.method} ${call.path} ${response.status}, once more`);
      await sleep(pauseBefore(attempt, response.headers.get('retry-after')), this.signalOf(call));
    }
  }

  private async fetchOnce(call: HttpCall): Promise<Response> {
    const query = call.query?.toString();
    let url = `${this.uri}${call.path}${query ? `?${query}` : ''}`;
    for (let redirects = 0; ; redirects += 1) {
      const response = await this.fetchUntilHeaders(url, call);
      const location = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || location === null) {
        return response;
      }
      await response.body?.cancel();
      const target = new URL(location, url);
      // Elsewhere our headers, and an address that may hold a secret, have no business.
      if (target.origin !== this.origin || call.method !== 'GET' || redirects === MAX_REDIRECTS) {
        throw new MlflowError(
          'BAD_REQUEST',
          `The server redirects to ${target.origin}, which is not followed.`,
        );
      }
      url = target.href;
    }
  }

  /** The time limit is for the answer to begin: a large artifact may take as long as it comes. */
  private async fetchUntilHeaders(url: string, call: HttpCall): Promise<Response> {
    const limit = new AbortController();
    const timer = setTimeout(
      () => limit.abort(new Error('The server did not answer in time.')),
      this.options.timeoutMs ?? TIMEOUT_MS,
    );
    const signals = [limit.signal, this.options.signal, call.signal].filter((signal) => signal !== undefined);
    try {
      return await fetch(url, {
        method: call.method,
        redirect: 'manual',
        signal: AbortSignal.any(signals),
        headers: {
          ...this.options.headers,
          ...call.headers,
          ...(call.body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(call.body !== undefined && { body: stringifyJson(call.body) }),
      });
    } finally {
      clearTimeout(timer);
    }
  }

  private async read(response: Response, maxBytes: number): Promise<Uint8Array> {
    try {
      return await readBytes(response, maxBytes);
    } catch (error) {
      throw MlflowError.is(error) ? error : this.unreachable(error);
    }
  }

  private async failure(response: Response): Promise<MlflowError> {
    let json: unknown;
    try {
      json = parseJson(new TextDecoder().decode(await readBytes(response, MAX_ERROR_BYTES)));
    } catch {
      // The status says enough.
    }
    return errorFromJson(response.status, json);
  }

  private unreachable(error: unknown, call?: HttpCall): MlflowError {
    if (MlflowError.is(error)) {
      return error;
    }
    if (this.isCancelled(call)) {
      return new MlflowError('CANCELLED', 'The request was cancelled.', { cause: error });
    }
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return new MlflowError('TEMPORARILY_UNAVAILABLE', `The server cannot be reached: ${messageOf(cause)}`, {
      cause: error,
    });
  }

  private isCancelled(call?: HttpCall): boolean {
    return (this.options.signal?.aborted ?? false) || (call?.signal?.aborted ?? false);
  }

  private signalOf(call: HttpCall): AbortSignal | undefined {
    const signals = [this.options.signal, call.signal].filter((signal) => signal !== undefined);
    return signals.length > 0 ? AbortSignal.any(signals) : undefined;
  }
}
