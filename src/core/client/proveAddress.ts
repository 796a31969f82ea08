import { newChallenge, PROOF_PATH, proofOf } from '../servers/addressProof.js';
import type { ServerState } from '../wire/workbenchApi.js';
import { readBytes } from './readBody.js';

const TIMEOUT_MS = 3_000;
const MAX_BYTES = 1_000;

/**
 * Whether the server that wrote this state listens at its address. The secret is not sent to find out, so that
 * another program that has taken the port does not learn it.
 */
export async function provesAddress({ host, port, secret }: ServerState): Promise<boolean> {
  if (secret === '') {
    return true;
  }
  const challenge = newChallenge();
  try {
    const response = await fetch(`http://${host}:${port}${PROOF_PATH}?challenge=${challenge}`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = new TextDecoder().decode(await readBytes(response, MAX_BYTES));
    return text.trim() === proofOf(secret, port, challenge);
  } catch {
    return false;
  }
}
