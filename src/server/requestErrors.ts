import { isUtf8 } from 'node:buffer';
import type { Duplex } from 'node:stream';
import type { FastifyError, FastifyRequest } from 'fastify';
import { invalidParameter, MlflowError } from '../core/base/errors.js';
import { LIMITS } from '../core/base/limits.js';

/** What went wrong with a request, as the API answers it. */
export function asMlflowError(error: FastifyError | MlflowError, request: FastifyRequest): MlflowError {
  if (MlflowError.is(error)) {
    return error;
  }
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const limit = request.routeOptions.bodyLimit;
    return invalidParameter(
      limit === LIMITS.batchBytes
        ? `Batched logging API requests must be at most ${limit} bytes, got a request of size ` +
            `${request.headers['content-length'] ?? 'unknown'}.`
        : `The request is larger than ${limit} bytes.`,
    );
  }
  return error.statusCode !== undefined && error.statusCode < 500
    ? new MlflowError('BAD_REQUEST', 'The request cannot be read.')
    : new MlflowError('INTERNAL_ERROR', 'An internal error occurred; the server has logged it.');
}

/** A body as text, without the mark that some editors begin it with. What is no UTF-8 would be read as other names. */
export function textOf(body: Buffer): string | MlflowError {
  if (!isUtf8(body)) {
    return new MlflowError('BAD_REQUEST', 'The request cannot be read: its body is not UTF-8.');
  }
  const text = body.toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

const STATUS_OF_CODE: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Answers bytes that are no request, before there is anything that a route or the guard could see. */
export function answerNoRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = STATUS_OF_CODE[error.code ?? ''] ?? '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}
