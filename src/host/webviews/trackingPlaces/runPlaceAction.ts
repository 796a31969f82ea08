import { commands, Uri, window } from 'vscode';
import { Commands } from '../../../manifest/commands.js';
import type { PlaceAction } from '../../../protocol/trackingPlaces.js';
import { TERMINAL_SETTING } from '../../tracking/uriSources.js';
import type { ReadFolder } from './placesReader.js';

/** Does what a button of the page says. */
export async function runPlaceAction(action: PlaceAction, { tracking, places }: ReadFolder): Promise<void> {
  const { folder, entry } = tracking;
  switch (action) {
    case 'startTracking':
      return commands.executeCommand(Commands.startTracking, folder.uri);
    case 'stopTracking':
      return commands.executeCommand(Commands.stopTracking, folder.uri);
    case 'writeEnvEntry':
      return commands.executeCommand(Commands.writeEnvEntry, folder.uri);
    case 'removeEnvEntry':
      return commands.executeCommand(Commands.removeEnvEntry, folder.uri);
    case 'insertTrackingLine':
      return commands.executeCommand(Commands.insertTrackingLine, folder.uri);
    case 'openEnvFile': {
      const origin = places.map((place) => place.origin).find((each) => each.kind === 'envFile');
      const path = origin?.path ?? entry?.path;
      await (path && window.showTextDocument(Uri.file(path)));
      return;
    }
    case 'openTerminalSetting':
      return openSetting(TERMINAL_SETTING);
    case 'openInjectionSetting':
      return openSetting('mlflowWorkbench.tracking.injectIntoTerminals');
    case 'trust':
      return commands.executeCommand('workbench.trust.manage');
  }
}

async function openSetting(setting: string): Promise<void> {
  await commands.executeCommand('workbench.action.openSettings', setting);
}
