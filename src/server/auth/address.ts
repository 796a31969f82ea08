/** A request's target, taken apart: `/<secret>/api/...?query`. */
export interface Address {
  readonly secret: string;
  /** What follows the secret, with a leading slash, and the query. */
  readonly rest: string;
}

export function splitAddress(url: string): Address {
  const match = /^\/([^/?#]*)([^]*)$/.exec(url);
  const [, secret = '', rest = ''] = match ?? [];
  return { secret, rest: rest.startsWith('/') ? rest : `/${rest}` };
}

/**
 * The target of a request as the router sees it: without the secret, where the server has one.
 * @param url as it was sent
 */
export function targetOf(url: string, secret: string | undefined): string {
  return secret === undefined ? `/${url.replace(/^\/+/, '')}` : splitAddress(url).rest;
}
