import { l10n } from 'vscode';
import type { ServerHolder } from '../../core/stores/serverHolder.js';
import type { ServerProblem } from './serverProblem.js';

/** A problem with a store's server, as sentences that say what to do. */
export function explainServerProblem(problem: ServerProblem): string {
  switch (problem.kind) {
    case 'silent':
      return problem.holder
        ? l10n.t('The store is served by {0}, which does not answer.', holderText(problem.holder))
        : l10n.t('Another process holds the store and does not answer.');
    case 'tooOld':
      return l10n.t(
        'The store is served by {0}, which is too old for this extension. End it, then try again.',
        holderText(problem.holder),
      );
    case 'tooNew':
      return l10n.t(
        'The store is served by {0}, which is too new for this extension. Update the extension or reload the window.',
        holderText(problem.holder),
      );
    case 'programGone':
      return l10n.t('The extension was updated or removed. Reload the window.');
  }
}

/** Names a server: its process, version and machine. */
export function holderText({ pid, version, hostName }: ServerHolder): string {
  return l10n.t('process {0} (version {1}) on host {2}', pid, version, hostName);
}
