/** Bounds of a search, so that no filter can exhaust the parser, SQLite or the regular expressions. */
export const SEARCH_LIMITS = {
  /** Of a filter or an order_by clause, in UTF-16 units: room for 10,000 run ids. */
  filterLength: 500_000,
  /** Comparisons in a filter. SQLite allows an expression tree 1,000 deep, and each AND is a level. */
  comparisons: 500,
  /** Of NOT and parentheses within each other. */
  nesting: 50,
  orderBys: 50,
  /** Of a LIKE pattern, in bytes of UTF-8 (SQLite's own default). */
  likePatternBytes: 50_000,
  /** Of an RLIKE pattern, in characters. */
  regexpLength: 500,
  /** Steps that an RLIKE pattern compiles to: `x{1,100}` counts as 200. */
  regexpProgram: 2000,
  /** Of a value that RLIKE looks at, in UTF-16 units; a longer one never matches. */
  regexpText: 10_000,
} as const;
