import type { Tag } from './tag.js';

/** Whether something is in use or in the trash. */
export type LifecycleStage = 'active' | 'deleted';

/** Which lifecycle stages a search shows. */
export type ViewType = 'ACTIVE_ONLY' | 'DELETED_ONLY' | 'ALL';

/** The id of the experiment that every store has. */
export const DEFAULT_EXPERIMENT_ID = '0';

/** A named group of runs. Times are milliseconds since the epoch; old stores do not know them. */
export interface Experiment {
  readonly experimentId: string;
  readonly name: string;
  readonly artifactLocation: string;
  readonly lifecycleStage: LifecycleStage;
  readonly creationTime?: number;
  readonly lastUpdateTime?: number;
  readonly tags: readonly Tag[];
}
