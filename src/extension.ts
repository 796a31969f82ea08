import type { ExtensionContext } from 'vscode';
import { composeExtension } from './host/compositionRoot.js';

/** Registers everything and opens nothing: see `compositionRoot.ts`. */
export function activate(context: ExtensionContext): void {
  context.subscriptions.push(composeExtension(context));
}

/** What was registered is disposed with the context's subscriptions. Servers outlive a reload on purpose. */
export function deactivate(): void {
  // Nothing else to do.
}
