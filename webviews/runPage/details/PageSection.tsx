import { type ComponentChildren } from 'preact';
import { Section } from '../../shared/components/Section.js';
import { usePage } from '../context.js';

interface PageSectionProps {
  readonly id: string;
  readonly title: string;
  readonly count?: number;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
  /** Whether it is expanded until somebody collapses it. */
  readonly usuallyExpanded?: boolean;
}

/** A section that keeps with the page's state whether it is expanded. */
export function PageSection({ id, usuallyExpanded = true, ...rest }: PageSectionProps) {
  const { view } = usePage();
  const expanded = view.isExpanded(id, usuallyExpanded);
  return <Section id={id} expanded={expanded} onToggle={() => view.setExpanded(id, !expanded)} {...rest} />;
}
