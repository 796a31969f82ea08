import { type ExtensionContext, ExtensionMode } from 'vscode';
import { composeExtension, type ExtensionParts } from './host/compositionRoot.js';

/**
 * Registers everything and opens nothing: see `compositionRoot.ts`.
 * @returns parts to look into for the tests that run in VS Code, and for nobody else
 */
export function activate(context: ExtensionContext): ExtensionParts | undefined {
  const start = performance.now();
  const { disposables, parts, logger } = composeExtension(context);
  context.subscriptions.push(disposables);
  logger.info(`Activated in ${(performance.now() - start).toFixed(1)} ms`);
  return context.extensionMode === ExtensionMode.Test ? parts : undefined;
}

/** What was registered is disposed with the context's subscriptions. Servers outlive a reload on purpose. */
export function deactivate(): void {
  // Nothing else to do.
}
