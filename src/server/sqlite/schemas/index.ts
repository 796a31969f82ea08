// What MLflow's releases make in a new database, recorded from them by scripts/record-schemas.py.
import type { KnownRevision, RevisionAge } from '../../../core/stores/storeInfo.js';
import { revisionOfRelease as revisionIn } from '../../../core/stores/revisions.js';
import lineage from './lineage.json';
import revisions from './revisions.json';
import statements from './statements.json';

interface Revision extends KnownRevision {
  /** Numbers of the statements that make the schema, in their order. */
  readonly statements: readonly number[];
}

const RECORDED: readonly Revision[] = revisions;

/** Every revision up to the newest known one, oldest first, also those that no release ends at. */
const LINEAGE: readonly string[] = lineage;

/** The Alembic revisions that a release ends at, oldest first: MLflow opens a database only at its own. */
export const KNOWN_REVISIONS: readonly string[] = RECORDED.map(({ revision }) => revision);

/** Which releases open a database at which revision, oldest first. */
export const RELEASES_OF_REVISIONS: readonly KnownRevision[] = RECORDED.map(({ revision, releases }) => ({
  revision,
  releases,
}));

/** The revision of the newest release that was recorded. */
export const NEWEST_REVISION = KNOWN_REVISIONS.at(-1) ?? '';

/** The releases of MLflow that open a database at `revision`, oldest first; empty for an unknown revision. */
export function releasesOf(revision: string): readonly string[] {
  return RECORDED.find((each) => each.revision === revision)?.releases ?? [];
}

/** Where a revision that no recorded release ends at stands; tables that carry none are older than all. */
export function ageOf(revision: string): RevisionAge {
  const at = LINEAGE.indexOf(revision);
  if (revision !== '' && at < 0) {
    return 'newer';
  }
  return at < LINEAGE.indexOf(KNOWN_REVISIONS[0] ?? '') ? 'older' : 'between';
}

/**
 * The statements that make the database which a release at `revision` makes: its tables and indexes, and the rows
 * that are the same everywhere. The Default experiment is not among them, as it has a place and times of its own.
 * @throws RangeError for an unknown revision
 */
export function schemaOf(revision: string): readonly string[] {
  const recorded = RECORDED.find((each) => each.revision === revision);
  if (recorded === undefined) {
    throw new RangeError(`No schema was recorded for revision ${revision}.`);
  }
  return recorded.statements.map((number) => statements[number] ?? '');
}

/** As {@link revisionIn}, among the recorded ones. */
export function revisionOfRelease(version: string): string | undefined {
  return revisionIn(RECORDED, version);
}
