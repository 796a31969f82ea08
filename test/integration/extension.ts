import * as vscode from 'vscode';

/** The extension under test; its id is made of package.json's publisher and name. */
export function extensionUnderTest(): vscode.Extension<unknown> {
  const found = vscode.extensions.all.find(
    (each) => (each.packageJSON as Manifest).name === 'mlflow-workbench',
  );
  if (!found) throw new Error('VS Code did not load the extension.');
  return found;
}

/** What package.json contributes, as far as the tests read it. */
export interface Manifest {
  readonly name: string;
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}
