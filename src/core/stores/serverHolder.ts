/** Which process it is that serves a store, for whoever has to be told. */
export interface ServerHolder {
  readonly version: string;
  readonly pid: number;
  /** The machine's name. */
  readonly hostName: string;
}

/** Names a server in a message. */
export function describeHolder({ pid, version, hostName }: ServerHolder): string {
  return `process ${pid} (version ${version}) on ${hostName}`;
}
