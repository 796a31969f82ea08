/** How a field can be compared. The spellings are those of MLflow's grammar, in capitals. */
export type Comparator =
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'LIKE'
  | 'ILIKE'
  | 'RLIKE'
  | 'IN'
  | 'NOT IN'
  | 'IS NULL'
  | 'IS NOT NULL';

/** What the part of a field's name before the dot says, in one spelling (`params` and `param` are `parameter`). */
export type FieldGroup =
  | 'metric'
  | 'parameter'
  | 'tag'
  | 'attribute'
  | 'dataset'
  | 'metadata'
  | 'span'
  | 'feedback'
  | 'expectation'
  | 'issue';

/** A field by its canonical name: `created` has become `start_time`, quotes are gone. */
export interface FieldReference {
  readonly group: FieldGroup;
  readonly key: string;
}

/** A number is a bigint only where a number would not be exact. Null goes with IS NULL and IS NOT NULL. */
export type FilterValue = string | number | bigint | readonly string[] | null;

/** One condition on one field. The parser has checked that comparator and value fit the field. */
export interface Comparison {
  readonly kind: 'comparison';
  readonly field: FieldReference;
  readonly comparator: Comparator;
  readonly value: FilterValue;
}

/**
 * A filter as a boolean expression. It has two truth values only: a comparison with something that is
 * missing is false, so NOT of it is true.
 */
export type FilterExpression =
  | Comparison
  | { readonly kind: 'and' | 'or'; readonly operands: readonly FilterExpression[] }
  | { readonly kind: 'not'; readonly operand: FilterExpression };

/** The filter that everything passes. */
export const EVERYTHING: FilterExpression = { kind: 'and', operands: [] };

/** One field to sort by. */
export interface OrderBy {
  readonly field: FieldReference;
  readonly ascending: boolean;
}
