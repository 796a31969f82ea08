/** A connection to the store, wherever it lives. */
export interface Member {
  /** Finishes what it is in the middle of, lets go of the file and does nothing more until {@link goOn}. */
  leave(): Promise<void>;
  goOn(): void;
}

/** How connections let go of a file together. */
export interface Regroup {
  /** For one that is gone: leave it and look what is there now. */
  readonly regroup: () => void;
  /** For somebody else who needs the file alone: resolves when everybody has left, with the call that ends it. */
  readonly standAside: () => Promise<() => void>;
}

/**
 * What to do when a connection finds that its file is gone, or another one in its place. SQLite deletes the log of a
 * database by its name when the last connection is closed. So nobody may open the new file before everybody has
 * left the old one: the log deleted then would be the new file's. The writer leaves last, and with it what the log
 * holds goes into the file it belongs to, wherever that is now.
 */
export function createRegroup(reader: Member, writer: Member): Regroup {
  let running: Promise<void> | undefined;
  // A member that cannot leave has ended, and its file is closed.
  const left = (member: Member): Promise<void> => member.leave().catch(() => undefined);
  const leaveAll = async (): Promise<void> => {
    await left(reader);
    await left(writer);
  };
  const goOn = (): void => {
    running = undefined;
    writer.goOn();
    reader.goOn();
  };
  return {
    regroup: () => {
      running ??= leaveAll().then(goOn);
    },
    standAside: async () => {
      while (running !== undefined) {
        await running;
      }
      let comeBack: () => void = () => undefined;
      const away = new Promise<void>((resolve) => (comeBack = resolve));
      const all = leaveAll();
      running = all.then(() => away).then(goOn);
      await all;
      return comeBack;
    },
  };
}
