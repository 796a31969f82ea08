/** Addresses of this machine that a proxy must not see. */
const LOOPBACK = '127.0.0.1';

/**
 * What the no-proxy variables have to be so that Python's clients reach a server on this machine directly,
 * or undefined where they do already. Without this a proxy in the environment would be asked for
 * `http://127.0.0.1:…`, would not find it, and would see the store's secret.
 */
export function noProxyForLoopback(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const proxied = ['http_proxy', 'all_proxy'].some((name) => Boolean(env[name] ?? env[name.toUpperCase()]));
  if (!proxied) {
    return undefined;
  }
  // As Python reads them: an empty variable counts as none.
  const given = [env.no_proxy, env.NO_PROXY].find(Boolean) ?? '';
  const hosts = given.split(',').map((host) => host.trim());
  if (hosts.includes('*') || hosts.includes(LOOPBACK)) {
    return undefined;
  }
  return [...hosts.filter((host) => host !== ''), LOOPBACK].join(',');
}
