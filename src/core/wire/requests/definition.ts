import { invalidParameter, type MlflowError } from '../../base/errors.js';
import type { Message, MessageType } from '../messageTypes.js';
import { camelCase, isObject, parseMessage } from '../parseMessage.js';
import { isTypeCheck, type ParameterCheck, required } from './checks.js';
import { describeInvalid } from './pythonValue.js';

/** A request of MLflow's API: its protobuf message, and what is checked of its parameters, in that order. */
export interface RequestDefinition<M extends MessageType> {
  readonly message: M;
  readonly checks: Readonly<Record<string, readonly ParameterCheck[]>>;
}

const SEE_DOCS = ' See the API docs for more information about request parameters.';

export function defineRequest<M extends MessageType>(
  message: M,
  checks: Partial<Record<keyof M & string, readonly ParameterCheck[]>>,
): RequestDefinition<M> {
  return { message, checks: checks as RequestDefinition<M>['checks'] };
}

/**
 * Reads a request's body as MLflow's server does (`_get_request_message`).
 * @param json the body's value; anything but an object counts as empty
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function readRequest<M extends MessageType>(
  definition: RequestDefinition<M>,
  json: unknown,
): Message<M> {
  const body = isObject(json) ? json : {};
  rejectTwoSpellings(definition.message, body);
  const { message, problem } = parseMessage(definition.message, body);
  for (const [name, checks] of Object.entries(definition.checks)) {
    if (name in body || checks.includes(required)) {
      checkParameter(name, valueOf(body, name), checks, problem === undefined);
    }
  }
  if (problem !== undefined) {
    // MLflow goes on here with the part that it could read, and loses the rest of the request without a word.
    throw invalidParameter(`The request cannot be read: ${problem}.${SEE_DOCS}`);
  }
  return message;
}

/** Checks look at the name in snake_case, as MLflow's do; runs have an older name for their id. */
function valueOf(body: Readonly<Record<string, unknown>>, name: string): unknown {
  const value = body[name] ?? body[camelCase(name)];
  return name === 'run_id' ? (value ?? body.run_uuid) : value;
}

function checkParameter(
  name: string,
  value: unknown,
  checks: readonly ParameterCheck[],
  parsed: boolean,
): void {
  for (const check of checks) {
    if (parsed && isTypeCheck(check)) {
      continue;
    }
    const failure = check(value);
    if (failure !== undefined) {
      throw refusal(name, value, check, failure);
    }
  }
}

function refusal(name: string, value: unknown, check: ParameterCheck, failure: string): MlflowError {
  if (failure !== '') {
    return invalidParameter(failure + SEE_DOCS);
  }
  const message =
    check === required ? `Missing value for required parameter '${name}'.` : describeInvalid(name, value);
  return invalidParameter(message + SEE_DOCS);
}

/** One field, spelt two ways with two values, would be read differently by different readers. */
function rejectTwoSpellings(type: MessageType, json: unknown): void {
  if (!isObject(json)) {
    return;
  }
  for (const { name, other, message } of spellingsOf(type)) {
    if (name !== other && name in json && other in json) {
      throw invalidParameter(`Request specifies both '${name}' and '${other}'; provide only one of them.`);
    }
    if (message) {
      const value = json[name] ?? json[other];
      for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
        rejectTwoSpellings(message, item);
      }
    }
  }
}

interface Spellings {
  readonly name: string;
  readonly other: string;
  readonly message: MessageType | undefined;
}

const spellings = new WeakMap<MessageType, readonly Spellings[]>();

/** The fields of a message that have two spellings, or fields of their own. */
function spellingsOf(type: MessageType): readonly Spellings[] {
  const known = spellings.get(type);
  if (known) {
    return known;
  }
  const made = Object.entries(type)
    .map(([name, { message }]) => ({ name, other: camelCase(name), message }))
    .filter(({ name, other, message }) => name !== other || message !== undefined);
  spellings.set(type, made);
  return made;
}
