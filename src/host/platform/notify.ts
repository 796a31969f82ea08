import { window } from 'vscode';

/** A button of a message and what it does. */
export interface MessageAction {
  readonly title: string;
  run(): unknown;
}

/** Shows a message that waits for nobody, and does what the person chooses. */
export async function inform(message: string, ...actions: readonly MessageAction[]): Promise<void> {
  const chosen = await window.showInformationMessage(message, ...actions);
  await chosen?.run();
}

/** As {@link inform}, for something that went wrong but is no fault. */
export async function warn(message: string, ...actions: readonly MessageAction[]): Promise<void> {
  const chosen = await window.showWarningMessage(message, ...actions);
  await chosen?.run();
}

/** As {@link inform}, for a failure. */
export async function showError(message: string, ...actions: readonly MessageAction[]): Promise<void> {
  const chosen = await window.showErrorMessage(message, ...actions);
  await chosen?.run();
}
