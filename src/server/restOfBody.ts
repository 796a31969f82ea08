import type { FastifyReply, FastifyRequest } from 'fastify';

/** Whether there is more of a body to come, which nobody waits for once there is an answer. */
export function isStillSending({ raw }: FastifyRequest): boolean {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = raw.headers;
  return !raw.complete && (length !== '0' || encoding !== undefined);
}

/**
 * Lets a client send the rest of a body that was answered early, for a while: most read an answer only when they
 * have sent everything, and lose it where the connection ends before.
 */
export function takeRest({ raw }: FastifyRequest, reply: FastifyReply, ms: number): void {
  reply.removeHeader('connection');
  reply.raw.once('finish', () => {
    raw.resume();
    const timer = setTimeout(() => raw.socket.destroy(), ms);
    raw.once('close', () => clearTimeout(timer));
  });
}
