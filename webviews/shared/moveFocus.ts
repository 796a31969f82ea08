/**
 * Lets the up and down arrow keys, Home and End move the focus among the elements inside `event.currentTarget`
 * that match `selector`, when one of them has it.
 */
export function moveFocus(event: KeyboardEvent, selector: string): void {
  const { currentTarget, target } = event;
  if (!(currentTarget instanceof Element) || !(target instanceof Element) || !target.matches(selector))
    return;
  const stops = [...currentTarget.querySelectorAll<HTMLElement>(selector)];
  const here = stops.indexOf(target as HTMLElement);
  const next = { ArrowUp: here - 1, ArrowDown: here + 1, Home: 0, End: stops.length - 1 }[event.key];
  const element = next === undefined ? undefined : stops[next];
  if (!element) return;
  event.preventDefault();
  element.focus();
}
