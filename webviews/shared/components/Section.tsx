import { type ComponentChildren } from 'preact';
import { Icon } from './Icon.js';

interface SectionProps {
  readonly id: string;
  readonly title: string;
  /** How many things are inside, where that makes sense. */
  readonly count?: number;
  readonly expanded: boolean;
  readonly onToggle: () => void;
  /** Buttons and boxes at the right of the heading; shown while the section is expanded. */
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A part of a page that can be collapsed: a region named by its heading. */
export function Section({ id, title, count, expanded, onToggle, actions, children }: SectionProps) {
  const [heading, body] = [`${id}-heading`, `${id}-body`];
  return (
    <section class="section" aria-labelledby={heading}>
      <div class="section-header">
        <h2>
          <button
            type="button"
            class="section-toggle"
            id={heading}
            aria-expanded={expanded}
            aria-controls={body}
            onClick={onToggle}
          >
            <Icon name={expanded ? 'chevron-down' : 'chevron-right'} />
            <span>{title}</span> {count === undefined ? null : <span class="count-badge">{count}</span>}
          </button>
        </h2>
        {expanded ? <div class="section-actions">{actions}</div> : null}
      </div>
      <div class="section-body" id={body} hidden={!expanded}>
        {expanded ? children : null}
      </div>
    </section>
  );
}
