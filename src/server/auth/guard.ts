import { challengeOf, proofOf } from '../../core/servers/addressProof.js';
import { WELCOME_PAGE } from '../welcomePage.js';
import { splitAddress } from './address.js';
import { isSameSecret } from './secret.js';

/** What the guard looks at. */
export interface GuardedRequest {
  /** The target as it was sent. */
  readonly url: string;
  /** Each Host header, of which there must be one. */
  readonly hosts: readonly string[] | undefined;
  /** Whether there are more headers than a client has a use for. */
  readonly tooMany: boolean;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The port that the request came in at. */
  readonly port: number | undefined;
}

/** What a request that goes on to no route is answered: nothing in it says what the server holds. */
export interface Refusal {
  readonly status: number;
  readonly text: string;
  /** A page for a person who came with a browser, instead of a text. */
  readonly isPage?: true;
}

/**
 * Decides whether a request may go on to a route: it must come straight from a program on this machine that
 * knows the secret, not from a web page, whichever name the page found for us.
 * @param secret undefined where the owner wants an address without one
 */
export function judge(request: GuardedRequest, secret: string | undefined): Refusal | undefined {
  if (request.tooMany) {
    return { status: 431, text: 'Too many headers\n' };
  }
  if (!isOwnHost(request.hosts, request.port)) {
    return { status: 403, text: 'Invalid Host header\n' };
  }
  if (request.headers.origin !== undefined) {
    return { status: 403, text: 'Requests of web pages are not answered\n' };
  }
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'none' && site !== 'same-origin') {
    return { status: 403, text: 'Requests of web pages are not answered\n' };
  }
  if (secret === undefined || isSameSecret(splitAddress(request.url).secret, secret)) {
    return undefined;
  }
  return answerStranger(request, secret);
}

/** A program may ask for a proof that it has found who it looks for, before it says anything; a person gets a page. */
function answerStranger({ url, port = 0 }: GuardedRequest, secret: string): Refusal {
  const challenge = challengeOf(url);
  if (challenge !== undefined) {
    return { status: 200, text: `${proofOf(secret, port, challenge)}\n` };
  }
  return url === '/'
    ? { status: 200, text: WELCOME_PAGE, isPage: true }
    : { status: 404, text: 'Not found\n' };
}

/** A name that resolves to us only by a stranger's doing (DNS rebinding) is not ours. */
function isOwnHost(hosts: readonly string[] = [], port: number | undefined): boolean {
  const [host, ...others] = hosts;
  return (
    host !== undefined &&
    others.length === 0 &&
    port !== undefined &&
    [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`].includes(host.toLowerCase())
  );
}
