import { IS_PROMPT_TAG } from '../domain/registeredModel.js';
import { type Comparison, EVERYTHING, type FilterExpression } from './ast.js';

/** A filter of the registry, and whether prompts are left out of what it finds. */
export interface PromptFilter {
  readonly filter: FilterExpression;
  readonly hidesPrompts: boolean;
}

/**
 * How the registry tells models from prompts, which are registered models with a tag. A search finds prompts only
 * where its first condition on that tag asks for them; elsewhere they are hidden, and conditions on the tag say
 * nothing, because models do not have it.
 */
export function withPromptsHidden(filter: FilterExpression): PromptFilter {
  const first = comparisonsOf(filter).find(isOnPromptTag);
  return first !== undefined && asksForPrompts(first)
    ? { filter, hidesPrompts: false }
    : { filter: withoutPromptTag(filter), hidesPrompts: true };
}

function comparisonsOf(filter: FilterExpression): Comparison[] {
  switch (filter.kind) {
    case 'comparison':
      return [filter];
    case 'not':
      return comparisonsOf(filter.operand);
    default:
      return filter.operands.flatMap(comparisonsOf);
  }
}

function isOnPromptTag({ field }: Comparison): boolean {
  return field.group === 'tag' && field.key === IS_PROMPT_TAG;
}

function asksForPrompts({ comparator, value }: Comparison): boolean {
  const wanted = String(value).toLowerCase();
  return (comparator === '=' && wanted === 'true') || (comparator === '!=' && wanted === 'false');
}

function withoutPromptTag(filter: FilterExpression): FilterExpression {
  switch (filter.kind) {
    case 'comparison':
      return isOnPromptTag(filter) ? EVERYTHING : filter;
    case 'not':
      return { ...filter, operand: withoutPromptTag(filter.operand) };
    default:
      return { ...filter, operands: filter.operands.map(withoutPromptTag) };
  }
}
