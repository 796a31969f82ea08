const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Whether two tracking URIs lead to the same server: this machine has several names. */
export function isSameServer(one: string, other: string): boolean {
  if (one === other) {
    return true;
  }
  if (!URL.canParse(one) || !URL.canParse(other)) {
    return false;
  }
  const [a, b] = [new URL(one), new URL(other)];
  const isSameHost = a.hostname === b.hostname || (LOOPBACK.has(a.hostname) && LOOPBACK.has(b.hostname));
  return isSameHost && a.protocol === b.protocol && a.port === b.port && pathOf(a) === pathOf(b);
}

function pathOf({ pathname }: URL): string {
  return pathname.replace(/\/+$/, '');
}
