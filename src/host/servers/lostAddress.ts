import { basename, dirname } from 'node:path';
import { l10n, window } from 'vscode';

/** Says once that terminals which were opened before log to nobody: only the person can open them again. */
export function warnOfLostAddress(storePath: string, port: number): void {
  void window.showWarningMessage(
    l10n.t(
      'Another program uses port {0}, so the tracking server of {1} has a new address. ' +
        'Terminals and scripts that were started before do not reach it: open new terminals.',
      port,
      basename(dirname(storePath)),
    ),
  );
}
