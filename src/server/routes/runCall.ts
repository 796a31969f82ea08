import type { Endpoint } from '../../core/wire/endpoints.js';
import type { Message, MessageType } from '../../core/wire/messageTypes.js';
import type { RequestDefinition } from '../../core/wire/requests/definition.js';
import { call, type CallOptions, type Route, type RouteContext } from './route.js';

/** The parts of a message that name a run; `run_uuid` is what old clients call the id. */
interface NamesRun {
  readonly run_id: string | undefined;
  readonly run_uuid?: string | undefined;
}

/** The run that a message names. */
export function runIdOf(message: NamesRun): string {
  return message.run_id === undefined || message.run_id === '' ? (message.run_uuid ?? '') : message.run_id;
}

/** The routes of a call that logs to the run that it names: who makes it is noted as somebody behind the run. */
export function runCall<M extends MessageType>(
  endpoint: Endpoint,
  definition: RequestDefinition<M>,
  handle: (message: Message<M> & NamesRun, context: RouteContext) => Promise<unknown>,
  options: CallOptions = {},
): Route[] {
  const noted: Parameters<typeof call<M>>[2] = async (message, context, request) => {
    const named = message as Message<M> & NamesRun;
    const answer = await handle(named, context);
    context.liveness.wrote(runIdOf(named), request.raw.raw);
    return answer;
  };
  return call(endpoint, definition, noted, options);
}
