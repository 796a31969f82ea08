/** A file or folder below a run's artifact root. `path` is relative to the root, with `/`. */
export interface ArtifactEntry {
  readonly path: string;
  readonly isDirectory: boolean;
  /** In bytes; absent for folders. */
  readonly size?: number;
}

/** The artifacts at one place of a run. */
export interface ArtifactListing {
  readonly rootUri: string;
  readonly entries: readonly ArtifactEntry[];
}
