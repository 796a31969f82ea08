import type { Int64 } from '../domain/int64.js';

/**
 * Descriptions of protobuf messages as MLflow's API has them (`service.proto`), from which TypeScript types
 * follow. A singular field that was not sent is undefined; a repeated one is an empty list.
 */
export type ScalarKind = 'string' | 'int64' | 'int32' | 'double' | 'bool';

/** Messages of protobuf's own that have a form of their own in JSON. Times are held in milliseconds. */
export type WellKnownKind = 'timestamp' | 'duration' | 'map' | 'value';

export interface Field<T = unknown> {
  readonly kind: ScalarKind | WellKnownKind | 'enum' | 'message';
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

const singular = <T>(kind: ScalarKind | WellKnownKind): Singular<T> => ({ kind, repeated: false });

export const string = singular<string>('string');
export const int64 = singular<Int64>('int64');
export const int32 = singular<number>('int32');
export const double = singular<number>('double');
export const bool = singular<boolean>('bool');

export const timestamp = singular<Int64>('timestamp');
export const duration = singular<Int64>('duration');
/** Texts by text. */
export const stringMap = singular<Readonly<Record<string, string>>>('map');
/** Any JSON. */
export const anyValue = singular<unknown>('value');

/** An enumeration, held by its names; `values` are numbered from 1 as most of MLflow's are. */
export function enumeration<Name extends string>(values: readonly Name[], first = 1): Singular<Name> {
  return {
    kind: 'enum',
    repeated: false,
    names: new Map(values.map((name, index) => [index + first, name])),
  };
}

export function messageOf<M extends MessageType>(message: M): Singular<Message<M>> {
  return { kind: 'message', repeated: false, message };
}

export function listOf<T>(field: Singular<T>): Repeated<T> {
  return { ...field, repeated: true };
}
