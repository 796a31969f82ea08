const collator = new Intl.Collator(undefined, { numeric: true });

/** Orders names as people do: `layer2` before `layer10`, whatever the case. */
export function compareNames(a: string, b: string): number {
  return collator.compare(a, b);
}
