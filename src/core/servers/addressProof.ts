import { createHmac, randomBytes } from 'node:crypto';

/*
 * The address of a server holds its secret, so nobody may send a request there before it is known who listens: any
 * program can have taken the port since. Whoever wants to know asks a question outside of the secret, which only
 * someone who knows the secret can answer, and the answer is good for one port only.
 */

/** GET, `?challenge=`: the proof as a text. The one path beside `/` that is answered without the secret. */
export const PROOF_PATH = '/.well-known/mlflow-workbench-proof';

const CHALLENGE = /^[A-Za-z0-9_-]{20,100}$/;

/** A question that was never asked before. */
export function newChallenge(): string {
  return randomBytes(24).toString('base64url');
}

/** The challenge that a request's target brings; undefined for any other target. */
export function challengeOf(target: string): string | undefined {
  const [path, query = ''] = target.split('?', 2);
  const challenge = path === PROOF_PATH ? new URLSearchParams(query).get('challenge') : null;
  return challenge !== null && CHALLENGE.test(challenge) ? challenge : undefined;
}

/** The answer of a server that knows the secret and listens at the port. */
export function proofOf(secret: string, port: number, challenge: string): string {
  return createHmac('sha256', secret).update(`mlflow-workbench\n${port}\n${challenge}`).digest('hex');
}
