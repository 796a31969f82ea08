import { MlflowError } from '../../core/base/errors.js';

const NO_ROOM = ['ENOSPC', 'EDQUOT', 'EFBIG'];
const NOT_ALLOWED = ['EROFS', 'EACCES', 'EPERM'];

/**
 * Why a file could not be written below `root`, where it is the disk's or its owner's doing; any other error as it is.
 */
export function toWriteError(error: unknown, root: string): unknown {
  const code = String((error as NodeJS.ErrnoException).code);
  if (NO_ROOM.includes(code)) {
    return new MlflowError(
      'RESOURCE_EXHAUSTED',
      `The disk that holds ${root} is full; nothing was written.`,
      {
        cause: error,
      },
    );
  }
  if (NOT_ALLOWED.includes(code)) {
    return new MlflowError('PERMISSION_DENIED', `The artifacts in ${root} cannot be written.`, {
      cause: error,
    });
  }
  return error;
}
