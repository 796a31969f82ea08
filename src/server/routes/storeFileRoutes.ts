import { invalidParameter, MlflowError } from '../../core/base/errors.js';
import { WORKBENCH_PATHS } from '../../core/wire/workbenchApi.js';
import { RELEASES_OF_REVISIONS } from '../sqlite/schemas/index.js';
import { type Route, type RouteContext, type RouteRequest, SENT } from './route.js';

/** What this server does with the file of its store, see `core/wire/workbenchApi.ts`. */
export const STORE_FILE_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: WORKBENCH_PATHS.backup,
    handle: (request, context) => {
      const [wanted, now] = ['wanted', 'now'].map((name) => flag(request, name));
      if (wanted !== undefined) {
        context.file.wantBackups(wanted);
      }
      if (now === true) {
        beginBackup(context);
      }
      return Promise.resolve(context.identity().store);
    },
  },
  {
    method: 'POST',
    path: WORKBENCH_PATHS.standAside,
    handle: ({ reply }, { standAside }) => {
      standAside.check();
      reply.hijack();
      void standAside.serve(reply.raw);
      return Promise.resolve(SENT);
    },
  },
  {
    method: 'GET',
    path: WORKBENCH_PATHS.revisions,
    handle: () => Promise.resolve({ revisions: RELEASES_OF_REVISIONS }),
  },
];

function flag(request: RouteRequest, name: string): boolean | undefined {
  const value = (request.body() as Readonly<Record<string, unknown>> | undefined)?.[name];
  if (value !== undefined && typeof value !== 'boolean') {
    throw invalidParameter(`${name} must be true or false`);
  }
  return value;
}

/** Only what would come before the first write anyway: a client makes no copies at will. */
function beginBackup(context: RouteContext): void {
  const { kind } = context.identity().store.backup ?? {};
  if (kind !== 'due' && kind !== 'failed') {
    return;
  }
  context.file.backUp().catch((error: unknown) => {
    // What went wrong is a state of the store. This is for what nobody expects.
    if (!MlflowError.is(error)) {
      context.logger.debug(String(error));
    }
  });
}
