// What attackers have written where a path or a URI belongs: the public attacks on MLflow's servers, and kin.

/** As they are written in a URL. Each would lead to a file outside, were it believed somewhere. */
export const TRAVERSALS: readonly string[] = [
  // Plain (CVE-2023-1177, CVE-2023-2356, CVE-2023-30172).
  '../../../../../../../../etc/passwd',
  '..',
  'sub/..',
  'sub/../../../../../../etc/passwd',
  './../../../../../../../etc/passwd',
  // Encoded once, twice and three times (CVE-2023-6831, CVE-2024-1560).
  '..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd',
  '%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
  '.%2e/.%2E/etc/passwd',
  'sub/%2e%2e/%2e%2e/x',
  '%252e%252e/%252e%252e/%252e%252e/etc/passwd',
  '%252e%252e%252f%252e%252e%252fetc%252fpasswd',
  '%252E%252E%252Fetc%252Fpasswd',
  '%25252e%25252e%25252fetc%25252fpasswd',
  'sub%252f..%252f..%252f..%252fx',
  // One wrong escape does not hide the others.
  '%25c0%25ae/%252e%252e/%252e%252e/etc/passwd',
  // Absolute, and what stands for another root (CVE-2023-6977, CVE-2023-3765).
  '/etc/passwd',
  '%2fetc%2fpasswd',
  '%252fetc%252fpasswd',
  '//etc/passwd',
  '///etc/passwd',
  '//proc/self/root/etc/passwd',
  '//proc/self/environ',
  'C:/Windows/win.ini',
  'c:%5cWindows%5cwin.ini',
  'C%3A/Windows/win.ini',
  'C%253A/Windows/win.ini',
  'C:..%2fx',
  // Backslashes and shares (CVE-2023-2780).
  '..%5c..%5c..%5cetc%5cpasswd',
  '%5c..%5c..%5cetc%5cpasswd',
  '%5c%5cserver%5cshare%5cfile',
  '%255c..%255cetc',
  'sub%5c..%5c..%5cx',
  // Fragments and queries (CVE-2024-1483, CVE-2024-2928, CVE-2024-3848).
  'x%23/../../../etc/passwd',
  '%23/../../../../etc/passwd',
  'x%2523/../etc/passwd',
  'x%3f/../../../etc/passwd',
  'inside.txt%23',
  'inside.txt%3Fx',
  // Schemes (CVE-2023-6909, CVE-2024-3573, CVE-2024-8859).
  'file:///etc/passwd',
  'file://./etc/passwd',
  'file:%2f%2f%2fetc%2fpasswd',
  'file:etc/passwd',
  'FILE:///etc/passwd',
  'http:///%3f/../../../../etc/passwd',
  'dbfs:/etc/passwd',
  's3://bucket/key',
  'mlflow-artifacts:/../x',
  // NUL and other controls.
  'inside.txt%00',
  '%00/etc/passwd',
  'inside.txt%2500.html',
  'sub%0a..%0d',
  '%7f',
];

/** Names that look like ways out to somebody, and are nothing but names: there is nothing at them. */
export const ODD_NAMES: readonly string[] = [
  // Overlong UTF-8 for dots and slashes, and their look-alikes.
  '%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd',
  '%c0%ae%c0%ae%c0%afetc%c0%afpasswd',
  '%e0%80%ae%e0%80%ae/etc/passwd',
  '%25c0%25ae%25c0%25ae/etc/passwd',
  '%ef%bc%8e%ef%bc%8e/etc/passwd',
  '%u002e%u002e/etc/passwd',
  // Filters that cut something out once.
  '....//....//etc/passwd',
  '..;/..;/etc/passwd',
  '.../.../etc/passwd',
  // Longer than any name or path may be.
  'x'.repeat(300),
  'sub/'.repeat(1500) + 'x',
];

/** Locations on this machine that nobody approved, or that two readers understand in two ways. */
export const FORBIDDEN_URIS: readonly string[] = [
  '/etc',
  '/',
  '..',
  '../..',
  'mlruns/../../..',
  '//etc',
  '///etc',
  '/proc/self/root/etc',
  'file:/etc',
  'file:///etc',
  'FILE:///etc',
  'file:////etc',
  'file://localhost/etc',
  'file://./etc',
  'file://127.0.0.1/etc',
  'file:..',
  'file:../../x',
  'file:///%2e%2e/etc',
  'file:%2e%2e/x',
  'file:%2fetc',
  'file:///etc?x',
  'file:///etc#x',
  // Clients decode even a plain path, and cut white space and controls away.
  '%2e%2e/x',
  '%2fetc/../%2e%2e',
  'mlruns/%2e%2e/%2e%2e/%2e%2e/x',
  'mlruns/%252e%252e/%252e%252e/%252e%252e/x',
  ' file:///etc',
  'file:///etc ',
  '\tfile:///etc',
  'fi\nle:///etc',
  '\u00a0/etc',
  '\u0000/etc',
  'mlruns/x\u0000',
  'mlruns/%00',
  'file:///etc%00',
  `mlruns/%${'25'.repeat(20)}2e`,
  // Drives, shares and devices of Windows.
  'C:/Windows',
  'C:\\Windows',
  'C:Windows',
  '\\\\server\\share',
  '\\etc',
  '..\\..\\x',
  '\\\\.\\pipe\\x',
  // What follows a path.
  's3://bucket/path#fragment',
  '/etc#',
  'http:///?/../../../../etc',
  'http://host/path?%2e%2e%2fetc',
  'http://host/path?%252e%252e%252fetc',
  's3://bucket/path;param',
  // The artifact proxy's own folder.
  'mlflow-artifacts:/..',
  'mlflow-artifacts:/../../etc',
  'mlflow-artifacts:../x',
  'mlflow-artifacts://host/../x',
  'mlflow-artifacts:/%2e%2e/x',
  'mlflow-artifacts:/%252e%252e/x',
  'mlflow-artifacts:/a\\..\\b',
  'mlflow-artifacts:/C:/x',
  'runs:/0123/x',
];

/** Locations elsewhere, which are kept as they are and never opened. */
export const OPAQUE_URIS: readonly string[] = [
  's3://bucket/path',
  'gs://bucket/path',
  'wasbs://container@account.blob.core.windows.net/path',
  'dbfs:/path',
  'hdfs://host/path',
  'http://169.254.169.254/latest/meta-data',
  'ftp://user@host/path',
];
