import { type ComponentChildren } from 'preact';

/** What stands where there is nothing to show: why, and what would change that. */
export function Empty({ children }: { children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}
