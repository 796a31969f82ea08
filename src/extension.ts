import { type ExtensionContext, ExtensionMode } from 'vscode';
import { composeExtension, type ExtensionParts } from './host/compositionRoot.js';

/**
 * Registers everything and opens nothing: see `compositionRoot.ts`.
 * @returns parts to look into for the tests that run in VS Code, and for nobody else
 */
export function activate(context: ExtensionContext): ExtensionParts | undefined {
  const { disposables, parts } = composeExtension(context);
  context.subscriptions.push(disposables);
  return context.extensionMode === ExtensionMode.Test ? parts : undefined;
}

/** What was registered is disposed with the context's subscriptions. Servers outlive a reload on purpose. */
export function deactivate(): void {
  // Nothing else to do.
}
