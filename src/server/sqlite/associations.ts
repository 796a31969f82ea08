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
