import { existsSync } from 'node:fs';
import type { BackupState, StoreInfo } from '../../../core/stores/storeInfo.js';

/** What a store is, with how it stands with its backup. One that its owner has deleted is not spoken of. */
export function withBackup(info: StoreInfo, backup: BackupState | undefined): StoreInfo {
  const isGone = backup?.kind === 'made' && !existsSync(backup.path);
  return backup === undefined || isGone ? info : { ...info, backup };
}
