import { basename } from 'node:path';
import { l10n } from 'vscode';
import type { ServerHolder } from '../../core/stores/serverHolder.js';
import type { ReadOnlyReason } from '../../core/stores/storeInfo.js';
import { displayUri } from '../../core/tracking/displayUri.js';
import type { ConfiguredUri, TrackingDecision, UriSource } from '../../core/tracking/trackingDecision.js';
import { servedElsewhereSentence } from '../stores/describeStore.js';
import { STORE_FILE } from '../stores/workspaceStores.js';

/** What a decision means, in a few words for the status bar and in a sentence. */
export interface DecisionText {
  readonly icon: string;
  readonly short: string;
  readonly sentence: string;
  /** Whether the person may want to do something about it. */
  readonly attention: boolean;
}

export function describeDecision(decision: TrackingDecision): DecisionText {
  switch (decision.kind) {
    case 'untrusted':
      return text(
        'workspace-untrusted',
        l10n.t('Restricted Mode'),
        l10n.t('Nothing is started in Restricted Mode.'),
      );
    case 'off':
      return text('circle-slash', l10n.t('off'), offSentence(decision.configured));
    case 'configured':
      return configuredText(decision.configured);
    case 'disabled':
      return text(
        'circle-slash',
        l10n.t('not in terminals'),
        l10n.t('The setting "Inject Into Terminals" is off.'),
      );
    case 'starting':
      return text('loading~spin', l10n.t('starting…'), l10n.t('The tracking server is starting.'));
    case 'failed':
      return text('error', l10n.t('not running'), decision.message, true);
    case 'readOnly':
      return text('lock', l10n.t('read-only'), readOnlySentence(decision.reason, decision.servedBy), true);
    case 'inject':
      return text('record', STORE_FILE, l10n.t('New terminals and tasks log to {0}.', STORE_FILE));
  }
}

/** Why the store is read-only, in short: what its revision is the store's own line says. */
function readOnlySentence(reason: ReadOnlyReason, servedBy?: ServerHolder): string {
  switch (reason) {
    case 'unknownRevision':
      return l10n.t('Read-only: its schema is of an MLflow that is not known here.');
    case 'notWritable':
      return l10n.t('Read-only: the database or its folder cannot be written.');
    case 'askedFor':
      return l10n.t('Read-only: the tracking server was started so.');
    case 'servedElsewhere':
      return servedElsewhereSentence(servedBy);
  }
}

function configuredText({ uri, source }: ConfiguredUri): DecisionText {
  const shown = uri === '' ? l10n.t('none') : displayUri(uri);
  const by = sourceName(source);
  return text(
    'info',
    l10n.t('{0}: set by {1}', shown, by),
    l10n.t('Your own MLFLOW_TRACKING_URI stays in force; nothing is added to terminals.'),
  );
}

function offSentence(configured: ConfiguredUri | undefined): string {
  return configured
    ? l10n.t('Tracking is off. {0} sets a tracking URI of its own.', sourceName(configured.source))
    : l10n.t('Tracking is off. Terminals are left as they are.');
}

function sourceName(source: UriSource): string {
  switch (source.kind) {
    case 'environment':
      return l10n.t('the environment');
    case 'envFile':
      return basename(source.path);
    case 'terminalSetting':
      return source.setting;
    case 'tasks':
      return 'tasks.json';
  }
}

function text(icon: string, short: string, sentence: string, attention = false): DecisionText {
  return { icon, short, sentence, attention };
}
