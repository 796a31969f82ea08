/**
 * A tracking URI as it may be shown: without user name, password, query, and without the secret path of a
 * server of ours on this machine.
 */
export function displayUri(uri: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(uri) || !URL.canParse(uri)) {
    return uri;
  }
  const url = new URL(uri);
  const host = url.host === '' ? '' : url.host;
  const path = isWorkbenchSecret(url) ? '' : url.pathname.replace(/\/$/, '');
  return `${url.protocol}//${host}${path}`;
}

/** Whether a tracking URI can only be that of a server of ours on this machine. */
export function isWorkbenchUri(uri: string): boolean {
  return /^http:\/\//i.test(uri) && URL.canParse(uri) && isWorkbenchSecret(new URL(uri));
}

/** A loopback address whose path begins with what can only be a secret. */
function isWorkbenchSecret(url: URL): boolean {
  const loopback = url.hostname === '127.0.0.1' || url.hostname === 'localhost' || url.hostname === '[::1]';
  return loopback && /^\/[\w-]{20,}(\/|$)/.test(url.pathname);
}
