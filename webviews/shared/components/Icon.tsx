import { classes } from '../classes.js';

/** A codicon by its name; decoration only, so whatever it says must also be said in words. */
export function Icon({ name, spin, class: extra }: { name: string; spin?: boolean; class?: string }) {
  return <span class={classes('codicon', `codicon-${name}`, spin && 'spin', extra)} aria-hidden="true" />;
}
