import { classes } from '../classes.js';
import { Icon } from './Icon.js';

interface IconButtonProps {
  readonly icon: string;
  /** What the button does: its name for a screen reader and its tooltip. */
  readonly label: string;
  readonly onClick: () => void;
  /** For a button that stays pressed. */
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly class?: string;
}

/** A button that is an icon, as in VS Code's toolbars. */
export function IconButton({ icon, label, onClick, pressed, disabled, class: extra }: IconButtonProps) {
  return (
    <button
      type="button"
      class={classes('icon-button', extra)}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={(event) => {
        // The rows that hold such buttons react to clicks themselves.
        event.stopPropagation();
        onClick();
      }}
    >
      <Icon name={icon} />
    </button>
  );
}
