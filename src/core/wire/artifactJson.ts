import type { ArtifactEntry, ArtifactListing } from '../domain/artifact.js';
import { type JsonObject, listIn, member, optionalNumber, text } from './readJson.js';

export function artifactEntryToJson({ path, isDirectory, size }: ArtifactEntry): JsonObject {
  // MLflow leaves out the size of an empty file.
  return { path, is_dir: isDirectory, ...(size && { file_size: size }) };
}

export function artifactListingToJson({ rootUri, entries }: ArtifactListing): JsonObject {
  return { root_uri: rootUri, ...(entries.length > 0 && { files: entries.map(artifactEntryToJson) }) };
}

export function artifactListingFromJson(json: unknown): ArtifactListing {
  return { rootUri: text(json, 'root_uri'), entries: listIn(json, 'files').map(artifactEntryFromJson) };
}

function artifactEntryFromJson(json: unknown): ArtifactEntry {
  const isDirectory = member(json, 'is_dir') === true;
  return {
    path: text(json, 'path'),
    isDirectory,
    ...(!isDirectory && { size: optionalNumber(json, 'file_size') ?? 0 }),
  };
}
