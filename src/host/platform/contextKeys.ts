import { commands } from 'vscode';
import type { ContextKeys } from '../../manifest/contextKeys.js';

type ContextKey = (typeof ContextKeys)[keyof typeof ContextKeys];

/** Sets a context key that `when` clauses of package.json read. */
export async function setContextKey(key: ContextKey, value: boolean): Promise<void> {
  await commands.executeCommand('setContext', key, value);
}
