import type { Int64 } from '../domain/int64.js';

/**
 * Descriptions of protobuf messages as MLflow's API has them (`service.proto`), from which TypeScript types
 * follow. A singular field that was not sent is undefined; a repeated one is an empty list.
 */
export type ScalarKind = 'string' | 'int64' | 'int32' | 'double' | 'bool';

export interface Field<T = unknown> {
  readonly kind: ScalarKind | 'enum' | 'message';
  readonly repeated: boolean;
  /** Names of an enumeration's values, by number. */
  readonly names?: ReadonlyMap<number, string>;
  readonly message?: MessageType;
  /** Only for the type: what the field holds. */
  readonly holds?: T;
}

export type MessageType<Fields extends Record<string, Field> = Record<string, Field>> = Fields;

/** What a message of type `M` holds once it is read. */
export type Message<M extends MessageType> = {
  [Name in keyof M]: M[Name] extends Field<infer T>
    ? M[Name] extends { readonly repeated: true }
      ? T[]
      : T | undefined
    : never;
};

type Singular<T> = Field<T> & { readonly repeated: false };
type Repeated<T> = Field<T> & { readonly repeated: true };

const singular = <T>(kind: ScalarKind): Singular<T> => ({ kind, repeated: false });

export const string = singular<string>('string');
export const int64 = singular<Int64>('int64');
export const int32 = singular<number>('int32');
export const double = singular<number>('double');
export const bool = singular<boolean>('bool');

/** An enumeration; `values` are numbered from 1 as all of MLflow's are, and are held by their names. */
export function enumeration<Name extends string>(values: readonly Name[]): Singular<Name> {
  return { kind: 'enum', repeated: false, names: new Map(values.map((name, index) => [index + 1, name])) };
}

export function messageOf<M extends MessageType>(message: M): Singular<Message<M>> {
  return { kind: 'message', repeated: false, message };
}

export function listOf<T>(field: Singular<T>): Repeated<T> {
  return { ...field, repeated: true };
}
