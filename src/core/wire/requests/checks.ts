import { isObject } from '../parseMessage.js';

/** Looks at a parameter; undefined when it is right, else what to say (empty for the usual message). */
export type ParameterCheck = (value: unknown) => string | undefined;

const USUAL_MESSAGE = '';

function check(isRight: (value: unknown) => boolean): ParameterCheck {
  return (value) => (isRight(value) ? undefined : USUAL_MESSAGE);
}

export const required = check((value) => value !== undefined && value !== null && value !== '');

export const isString = check((value) => typeof value === 'string');
export const isBool = check((value) => typeof value === 'boolean');
export const isArray = check(Array.isArray);
export const isIntLike = check(
  (value) =>
    /^(number|bigint|boolean)$/.test(typeof value) ||
    (typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value)),
);
export const isFloatLike = check(
  (value) =>
    typeof value === 'number' ||
    (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value))),
);
export const holdsStrings = check(
  (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
);

const TYPE_CHECKS: ReadonlySet<ParameterCheck> = new Set([
  isString,
  isBool,
  isArray,
  isIntLike,
  isFloatLike,
  holdsStrings,
]);

/** Whether a check only looks at the type, which is right when the whole message could be read. */
export function isTypeCheck(parameterCheck: ParameterCheck): boolean {
  return TYPE_CHECKS.has(parameterCheck);
}

export function atMost(limit: number): ParameterCheck {
  return check((value) => Number(value) <= limit);
}

export function within(min: number, max: number, message: string): ParameterCheck {
  return (value) => (Number(value) >= min && Number(value) <= max ? undefined : message);
}

/** Checks that every object of a list has the named fields. */
export function eachHas(list: string, names: readonly string[]): ParameterCheck {
  return (value) => {
    const items = Array.isArray(value) ? (value as unknown[]) : [];
    for (const [index, item] of items.entries()) {
      const missing = names.find((name) => !isObject(item) || required(item[name]) !== undefined);
      if (missing !== undefined) {
        return `Missing value for required parameter '${list}[${index}].${missing}'.`;
      }
    }
    return undefined;
  };
}

/** Checks that every entry of a list has a key. */
export const eachNeedsKey: ParameterCheck = (value) => {
  const items = Array.isArray(value) ? (value as unknown[]) : [];
  return items.every((item) => isObject(item) && required(item.key) === undefined)
    ? undefined
    : USUAL_MESSAGE;
};
