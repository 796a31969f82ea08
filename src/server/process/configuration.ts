import { dirname } from 'node:path';
import type { Logger } from '../../core/base/logger.js';
import { Artifacts } from '../artifacts/artifacts.js';
import { placeOf } from '../artifacts/artifactUri.js';
import { revisionOfRelease } from '../sqlite/schemas/index.js';
import type { StoreOptions } from '../sqlite/storeOptions.js';
import type { ServerArguments } from './serverOptions.js';

/** Where a store and what belongs to it are. */
interface StoreSurroundings {
  readonly storePath: string;
  readonly stateFolder: string;
  readonly logger: Logger;
}

/** The store that the command line describes. */
export function storeOptionsOf(
  args: ServerArguments,
  { storePath, stateFolder, logger }: StoreSurroundings,
): StoreOptions {
  const createRevision = args.revision ?? revisionFor(args.mlflowRelease, logger);
  const artifactRoot = args.artifactRoot ?? (args.serveArtifacts ? 'mlflow-artifacts:/' : undefined);
  return {
    path: storePath,
    readOnly: args.readOnly,
    backup: args.backup,
    stateFolder,
    ...(createRevision && { createRevision }),
    ...(artifactRoot && { artifactRoot }),
  };
}

/** A release that is too new or too old to be known gets the newest schema that is. */
function revisionFor(release: string | undefined, logger: Logger): string | undefined {
  const revision = release === undefined ? undefined : revisionOfRelease(release);
  if (release !== undefined && revision === undefined) {
    logger.warn(`The schema of MLflow ${release} is not known; a new database gets the newest one that is.`);
  }
  return revision;
}

/** The artifacts that the command line describes. Whoever names a root approves it. */
export function artifactsOf(args: ServerArguments, storePath: string): Artifacts {
  const storeFolder = dirname(storePath);
  const root = args.artifactRoot === undefined ? undefined : placeOf(args.artifactRoot, storeFolder);
  return new Artifacts({
    storeFolder,
    approvedRoots: root?.kind === 'local' ? [...args.approvedRoots, root.path] : args.approvedRoots,
    readOnly: args.readOnly,
    ...(args.artifactsDestination && { proxyFolder: args.artifactsDestination }),
  });
}
