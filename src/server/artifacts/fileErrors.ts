import { doesNotExist, invalidParameter, MlflowError } from '../../core/base/errors.js';

/**
 * What a failure of the file system means to the client who named the path; anything else is passed on.
 * @param path as the client named it
 */
export function asArtifactError(error: unknown, path: string): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return doesNotExist(`No such artifact: '${path}'`);
    case 'EEXIST':
    case 'EISDIR':
    case 'ENOTDIR':
    case 'ENOTEMPTY':
    case 'ELOOP':
    case 'ENAMETOOLONG':
    case 'EINVAL':
    case 'EILSEQ':
    case 'ENXIO':
      return invalidParameter(`There can be no artifact at '${path}'`);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new MlflowError('PERMISSION_DENIED', `The artifact '${path}' is not for this server's user`);
    case 'EMFILE':
    case 'ENFILE':
      return new MlflowError('TEMPORARILY_UNAVAILABLE', 'Too many files are open; try again');
    // The other side went away in the middle of what it sent.
    case 'ECONNRESET':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return new MlflowError('CANCELLED', `The artifact '${path}' was not sent to its end`);
    default:
      return error;
  }
}

const NO_ROOM = ['ENOSPC', 'EDQUOT', 'EFBIG'];
const NOT_ALLOWED = ['EROFS', 'EACCES', 'EPERM'];

/**
 * The same where the file was to be written: what is the disk's or its owner's doing is said of the folder.
 * @param root the folder of the artifacts
 */
export function asWriteError(error: unknown, path: string, root: string): unknown {
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
  return asArtifactError(error, path);
}
