/** Stands where every case was handled: the compiler complains here about one that was not. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
