import { l10n } from 'vscode';
import type { Place } from '../../../core/tracking/places.js';
import type { TrackingDecision } from '../../../core/tracking/trackingDecision.js';
import type { PlaceAction, PlaceButton } from '../../../protocol/trackingPlaces.js';

/** What can be done about a folder as a whole. */
export function folderButtons(decision: TrackingDecision): PlaceButton[] {
  switch (decision.kind) {
    case 'untrusted':
      return [button('trust')];
    case 'off':
      return [button('startTracking')];
    case 'disabled':
      return [button('openInjectionSetting'), button('stopTracking')];
    default:
      return [button('stopTracking')];
  }
}

/** What can be done about a place, given what holds there. */
export function placeButtons(
  { kind, origin, standing }: Place,
  decision: TrackingDecision,
  hasEntry: boolean,
): PlaceButton[] {
  if (decision.kind === 'untrusted') {
    return [];
  }
  const tracked = decision.kind !== 'off';
  const actions: PlaceAction[] = [];
  if (origin.kind === 'envFile') {
    actions.push('openEnvFile');
  }
  if (origin.kind === 'terminalSetting') {
    actions.push('openTerminalSetting');
  }
  const byFile = kind === 'notebook' || kind === 'test' || kind === 'outside';
  if (byFile && hasEntry) {
    actions.push('removeEnvEntry');
  } else if (byFile && tracked && origin.kind !== 'envFile') {
    actions.push('writeEnvEntry');
  }
  if (kind === 'notebook' && tracked && standing !== 'here') {
    actions.push('insertTrackingLine');
  }
  return actions.map(button);
}

function button(action: PlaceAction): PlaceButton {
  switch (action) {
    case 'startTracking':
      return { action, icon: 'record', label: l10n.t('Start Tracking Here') };
    case 'stopTracking':
      return { action, icon: 'debug-stop', label: l10n.t('Stop Tracking Here') };
    case 'writeEnvEntry':
      return { action, icon: 'new-file', label: l10n.t('Write to .env…') };
    case 'removeEnvEntry':
      return { action, icon: 'trash', label: l10n.t('Remove from .env') };
    case 'insertTrackingLine':
      return { action, icon: 'add', label: l10n.t('Insert Line…') };
    case 'openEnvFile':
      return { action, icon: 'go-to-file', label: l10n.t('Open File') };
    case 'openTerminalSetting':
    case 'openInjectionSetting':
      return { action, icon: 'settings-gear', label: l10n.t('Open Setting') };
    case 'trust':
      return { action, icon: 'workspace-trusted', label: l10n.t('Manage Workspace Trust') };
  }
}
