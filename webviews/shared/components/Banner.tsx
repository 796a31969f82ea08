import { type ComponentChildren } from 'preact';
import { classes } from '../classes.js';
import { Icon } from './Icon.js';

const ICONS = { info: 'info', warning: 'warning', error: 'error' } as const;

interface BannerProps {
  readonly kind: keyof typeof ICONS;
  readonly children: ComponentChildren;
  /** Buttons that help. */
  readonly actions?: ComponentChildren;
}

/** A line over the page that says what is the matter and, where something can be done, what. */
export function Banner({ kind, children, actions }: BannerProps) {
  return (
    <div class={classes('banner', `banner-${kind}`)} role={kind === 'error' ? 'alert' : 'note'}>
      <Icon name={ICONS[kind]} />
      <div class="banner-text">{children}</div>
      {actions}
    </div>
  );
}
