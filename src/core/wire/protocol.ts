/** Which version of the workbench API a program speaks, and the oldest of the other side that it gets along with. */
export interface Protocol {
  readonly version: number;
  readonly oldest: number;
}

/** Raise `version` with any change of the API, and `oldest` with one that leaves the other side behind. */
export const PROTOCOL: Protocol = { version: 1, oldest: 1 };

/** Whether two programs understand each other, whichever is newer. */
export function getAlong(one: Protocol, other: Protocol): boolean {
  return one.version >= other.oldest && other.version >= one.oldest;
}
