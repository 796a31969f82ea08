import { signal } from '@preact/signals';

const spoken = signal('');

/** Has a screen reader say `text` when it has finished what it says now. */
export function announce(text: string): void {
  spoken.value = text;
}

/** The page's one polite live region; belongs into every page once. */
export function Announcer() {
  return (
    <div class="visually-hidden" role="status" aria-live="polite">
      {spoken.value}
    </div>
  );
}
