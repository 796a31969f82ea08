import type { StoreContext } from './storeContext.js';

/** One end of an association, by MLflow's name of its kind. */
export interface AssociationEnd {
  readonly type: string;
  readonly id: string;
}

/** Notes that two things belong together; nothing changes where that is noted already. */
export function addAssociation(
  { database }: StoreContext,
  associationId: string,
  source: AssociationEnd,
  destination: AssociationEnd,
): void {
  database.run(
    `INSERT OR IGNORE INTO entity_associations
       (association_id, source_type, source_id, destination_type, destination_id, created_time)
     VALUES (?, ?, ?, ?, ?, ?)`,
    associationId,
    source.type,
    source.id,
    destination.type,
    destination.id,
    Date.now(),
  );
}

/** @returns whether there was such an association */
export function removeAssociation(
  { database }: StoreContext,
  source: AssociationEnd,
  destination: AssociationEnd,
): boolean {
  const removed = database.run(
    `DELETE FROM entity_associations
     WHERE source_type = ? AND source_id = ? AND destination_type = ? AND destination_id = ?`,
    source.type,
    source.id,
    destination.type,
    destination.id,
  );
  return removed > 0;
}

/** Removes all associations that a thing is an end of. */
export function removeAssociations({ database }: StoreContext, { type, id }: AssociationEnd): void {
  database.run('DELETE FROM entity_associations WHERE source_type = ? AND source_id = ?', type, id);
  database.run('DELETE FROM entity_associations WHERE destination_type = ? AND destination_id = ?', type, id);
}

/** The ids of the things of one kind that a thing was associated with, the oldest association first. */
export function destinationsOf(
  { database }: StoreContext,
  source: AssociationEnd,
  destinationType: string,
): string[] {
  const rows = database.all<{ destination_id: string }>(
    `SELECT destination_id FROM entity_associations
     WHERE source_type = ? AND source_id = ? AND destination_type = ? ORDER BY created_time, destination_id`,
    source.type,
    source.id,
    destinationType,
  );
  return rows.map((row) => row.destination_id);
}
