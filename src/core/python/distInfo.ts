const DIST_INFO = /^(mlflow|mlflow_skinny)-(\d[^-]*)\.dist-info$/i;

/**
 * The release of `mlflow` that the names in a `site-packages` folder tell. The full package counts before
 * `mlflow-skinny`, which comes with it and may be of another release.
 */
export function mlflowReleaseOf(names: readonly string[]): string | undefined {
  const found = releasesIn(names);
  return found.get('mlflow') ?? found.get('mlflow_skinny');
}

/** Whether `mlflow-skinny` is among them, and the full package is not. */
export function isOnlySkinny(names: readonly string[]): boolean {
  const found = releasesIn(names);
  return found.has('mlflow_skinny') && !found.has('mlflow');
}

function releasesIn(names: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const name of names) {
    const match = DIST_INFO.exec(name);
    if (match?.[1] !== undefined && match[2] !== undefined) {
      found.set(match[1].toLowerCase(), match[2]);
    }
  }
  return found;
}

/** Whether `text` looks like a release: what Python prints is not believed blindly. */
export function isRelease(text: string): boolean {
  return /^\d+(\.\d+){1,3}([a-z0-9.+]*)$/i.test(text) && text.length <= 40;
}
