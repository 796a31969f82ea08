// HTTP as bytes over a socket, for requests that no client would send and answers that no client would show.
import { connect, type Socket } from 'node:net';

/** What came back, or did not. */
export interface RawAnswer {
  /** 0 where the connection ended without an answer. */
  readonly status: number;
  /** By their names in lower case; repeated ones joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Everything that was received, as Latin-1. */
  readonly text: string;
}

/** A request in its parts; what is left out is what an honest client sends. */
export interface RawRequest {
  readonly method?: string;
  /** As it is written, unescaped. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Another Host than the server's, or null for none. */
  readonly host?: string | null;
}

/** Sends one request and waits for the end of the connection, which it asks for. */
export function sendRaw(port: number, request: RawRequest): Promise<RawAnswer> {
  return sendBytes(port, bytesOf(port, request));
}

/** Sends bytes as they are and waits until the server closes the connection. */
export async function sendBytes(port: number, bytes: string | Buffer): Promise<RawAnswer> {
  const socket = await openSocket(port);
  const received = receiveAll(socket);
  socket.write(bytes);
  return answerOf(await received);
}

/** The bytes of a request that asks for the connection to be closed. */
function bytesOf(port: number, request: RawRequest): Buffer {
  const { method = 'GET', target, headers = {}, host = `127.0.0.1:${port}` } = request;
  const body = Buffer.from(request.body ?? '');
  const lines = [
    `${method} ${target} HTTP/1.1`,
    ...(host === null ? [] : [`Host: ${host}`]),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body.length > 0 && !('transfer-encoding' in headers) ? [`Content-Length: ${body.length}`] : []),
    'Connection: close',
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

export async function openSocket(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  // A server that turns a request away may close before it has been sent.
  socket.on('error', () => undefined);
  return socket;
}

/** All that a socket brings until it is closed, as Latin-1. */
export async function receiveAll(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await new Promise((resolve) => socket.once('close', resolve));
  return Buffer.concat(chunks).toString('latin1');
}

/** The first final answer in what was received. */
export function answerOf(text: string): RawAnswer {
  const final = text.replace(/^HTTP\/1\.1 1\d\d [^]*?\r\n\r\n/, '');
  const end = final.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = final.slice(0, Math.max(end, 0)).split('\r\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1] ?? 0);
  return { status, headers, body: end < 0 ? '' : final.slice(end + 4), text };
}
