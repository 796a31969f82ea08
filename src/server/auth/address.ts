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
