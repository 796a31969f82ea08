import type { KnownRevision, StoreInfo } from './storeInfo.js';

/**
 * The revision that a release of MLflow makes databases at. A patch release that was not recorded counts as the
 * newest recorded one of its minor, a release candidate as the release that it leads to.
 * @param known oldest first
 * @param version as Python packages write it: `3.7.0`, `3.8.0rc1`, `2.22.5.dev0`
 * @returns undefined for a minor that was not recorded: a newer or much older one
 */
export function revisionOfRelease(known: readonly KnownRevision[], version: string): string | undefined {
  const [, minor, patch = '0'] = /^v?(\d+\.\d+)(?:\.(\d+))?(?!\d)/.exec(version.trim()) ?? [];
  if (minor === undefined) {
    return undefined;
  }
  const release = `${minor}.${patch}`;
  return (
    known.find(({ releases }) => releases.includes(release)) ??
    known.findLast(({ releases }) => releases.some((each) => each.startsWith(`${minor}.`)))
  )?.revision;
}

/** What an upgrade by a release of MLflow would do to a database. */
export type UpgradeEffect =
  /** To this revision. */
  | { readonly kind: 'upgrades'; readonly revision: string }
  /** The release is newer than all that are known: nobody here can write to the database afterwards. */
  | { readonly kind: 'beyond' }
  /** It is at that revision, or a later one. */
  | { readonly kind: 'nothing' };

/**
 * What `mlflow db upgrade` of a release would do.
 * @param known oldest first
 */
export function upgradeEffect(
  known: readonly KnownRevision[],
  info: StoreInfo,
  release: string,
): UpgradeEffect {
  const revision = revisionOfRelease(known, release);
  if (revision === undefined) {
    return isAfter(release, known.at(-1)?.releases.at(-1) ?? '') ? { kind: 'beyond' } : { kind: 'nothing' };
  }
  const position = (wanted: string): number => known.findIndex((each) => each.revision === wanted);
  const isLater = position(revision) > position(info.revision) && info.revisionAge !== 'newer';
  return isLater ? { kind: 'upgrades', revision } : { kind: 'nothing' };
}

/** Whether one release came after another, by their major and minor. */
function isAfter(release: string, other: string): boolean {
  const [major = 0, minor = 0] = release.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number);
  return major > otherMajor || (major === otherMajor && minor > otherMinor);
}
