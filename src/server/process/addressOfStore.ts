import type { FastifyInstance } from 'fastify';
import type { Logger } from '../../core/base/logger.js';
import type { ServerState } from '../../core/wire/workbenchApi.js';
import { isSecret, newSecret } from '../auth/secret.js';
import { listenAgain, listenAnywhere, listenAt } from './listen.js';
import { secretOfFile } from './secretFile.js';
import type { ServerArguments } from './serverOptions.js';

/** A server that listens, and what it listens with. */
export interface Listening<Made> {
  readonly made: Made;
  readonly port: number;
  /** Undefined where the owner wants an address without one. */
  readonly secret: string | undefined;
  /** The former port, where another program has it. */
  readonly lostPort?: number;
}

type Wanted = Pick<ServerArguments, 'port' | 'secretFile' | 'noSecret'>;

/**
 * Makes a server and listens at the address that the store's former server had, so that open terminals stay good.
 * A secret goes with its port: whoever has the port now may have been sent the secret by programs that still use
 * the former address, so another port means another secret.
 * @param make makes a server that knows the secret
 * @throws PortTaken where the caller insists on a port
 */
export async function listenForStore<Made extends { readonly server: FastifyInstance }>(
  wanted: Wanted,
  former: ServerState | undefined,
  make: (secret: string | undefined) => Made,
  logger: Logger,
): Promise<Listening<Made>> {
  const secretFor = (port: number | undefined): string | undefined => secretOf(wanted, former, port);
  if (wanted.port !== 0) {
    const secret = secretFor(wanted.port);
    const made = make(secret);
    return { made, secret, port: await listenAt(made.server, wanted.port) };
  }
  let lostPort: number | undefined;
  if (former !== undefined && former.port > 0) {
    const secret = secretFor(former.port);
    const made = make(secret);
    const port = await listenAgain(made.server, former.port);
    if (port !== undefined) {
      return { made, secret, port };
    }
    await made.server.close();
    lostPort = former.port;
    logger.warn(
      `Another program has port ${lostPort}; what still uses the former address does not get through.`,
    );
  }
  const secret = secretFor(undefined);
  const made = make(secret);
  const port = await listenAnywhere(made.server);
  return { made, secret, port, ...(lostPort !== undefined && { lostPort }) };
}

/** @param port that the secret shall go with; undefined for one that had none yet */
function secretOf(
  { noSecret, secretFile }: Wanted,
  former: ServerState | undefined,
  port: number | undefined,
): string | undefined {
  if (noSecret) {
    return undefined;
  }
  if (secretFile !== undefined) {
    return secretOfFile(secretFile);
  }
  return former !== undefined && former.port === port && isSecret(former.secret)
    ? former.secret
    : newSecret();
}
