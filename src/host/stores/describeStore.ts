import { basename } from 'node:path';
import { l10n } from 'vscode';
import { formatBytes } from '../../core/domain/format.js';
import type { ServerHolder } from '../../core/stores/serverHolder.js';
import type { BackupState, Capability, StoreInfo } from '../../core/stores/storeInfo.js';
import { holderText } from '../servers/explainServerProblem.js';

/** Why a store cannot be written to, as a sentence; undefined where it can. */
export function readOnlySentence(info: StoreInfo): string | undefined {
  const { readOnlyReason, revision, revisionAge } = info;
  switch (readOnlyReason) {
    case 'notWritable':
      return l10n.t('Read-only: the database or its folder cannot be written.');
    case 'askedFor':
      return l10n.t('Read-only: the tracking server was started so.');
    case 'unknownRevision':
      return unknownRevisionSentence(revision, revisionAge);
    case 'servedElsewhere':
      return servedElsewhereSentence(info.servedBy);
    default:
      return undefined;
  }
}

/** Why a store cannot be written to that another machine serves. */
export function servedElsewhereSentence(holder: ServerHolder | undefined): string {
  return holder
    ? l10n.t('Read-only as long as another machine serves the store: {0}.', holderText(holder))
    : l10n.t('Read-only as long as another machine serves the store.');
}

function unknownRevisionSentence(revision: string, age: StoreInfo['revisionAge']): string {
  const shown = revision || l10n.t('none');
  switch (age) {
    case 'older':
      return l10n.t('Read-only: its schema ({0}) is of an MLflow before 2.9.', shown);
    case 'between':
      return l10n.t('Read-only: its schema ({0}) is of no release of MLflow.', shown);
    case 'newer':
    case undefined:
      return l10n.t('Read-only: its schema ({0}) is of a newer MLflow than is known here.', shown);
  }
}

/** What can be done about a store that is read-only; undefined where it is not. */
export function readOnlyAdvice({ readOnlyReason, revisionAge }: StoreInfo): string | undefined {
  switch (readOnlyReason) {
    case 'notWritable':
      return l10n.t('Allow yourself to write the file and its folder.');
    case 'askedFor':
      return l10n.t('Start that server without --read-only.');
    case 'unknownRevision':
      return unknownRevisionAdvice(revisionAge);
    default:
      return undefined;
  }
}

function unknownRevisionAdvice(age: StoreInfo['revisionAge']): string {
  switch (age) {
    case 'older':
      return l10n.t('"Upgrade Database…" has a newer MLflow of yours upgrade it.');
    case 'between':
      return l10n.t('An upgrade may have been broken off: "Upgrade Database…" completes it.');
    case 'newer':
    case undefined:
      return l10n.t('Update this extension. Until then only that MLflow writes to it.');
  }
}

/** The releases of MLflow that open a store; undefined where none is known. */
export function releasesSentence({ releases }: StoreInfo): string | undefined {
  const [first = '', last = ''] = [releases[0], releases.at(-1)];
  const range = first === last ? first : `${first}–${last}`;
  return first === '' ? undefined : l10n.t('Schema of MLflow {0}', range);
}

/** What a store cannot hold; undefined where that is nothing. */
export function lacksSentence({ lacks = [] }: StoreInfo): string | undefined {
  return lacks.length === 0 ? undefined : l10n.t('Too old to hold {0}', lacks.map(capabilityName).join(', '));
}

function capabilityName(capability: Capability): string {
  switch (capability) {
    case 'traces':
      return l10n.t('traces');
    case 'loggedModels':
      return l10n.t('logged models');
    case 'assessments':
      return l10n.t('assessments');
    case 'spans':
      return l10n.t('spans');
    case 'evaluationDatasets':
      return l10n.t('evaluation datasets');
  }
}

/** How it stands with a store's backup. */
export function backupSentence(backup: BackupState): string {
  const size = formatBytes(backup.bytes);
  switch (backup.kind) {
    case 'due':
      return l10n.t('Will be backed up before the first write ({0})', size);
    case 'running':
      return l10n.t('Is being backed up ({0})…', size);
    case 'failed':
      return l10n.t('Could not be backed up, so nothing is written ({0})', size);
    case 'made':
      return l10n.t('Backup: {0} ({1})', basename(backup.path), size);
  }
}
