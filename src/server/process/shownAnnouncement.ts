import type { ServerAnnouncement } from '../../core/wire/workbenchApi.js';
import { setLine } from '../welcomePage.js';

/** What a person at a terminal is told; why a server did not start is among the messages there already. */
export function shownAnnouncement(announcement: ServerAnnouncement): string {
  if (announcement.event !== 'ready') {
    return '';
  }
  const { uri, state } = announcement;
  return `
MLflow tracking server over ${state.storePath}

  ${uri}

Programs log to it after

  ${setLine(uri)}

Whoever knows this address can read and write the store. Ctrl+C ends the server.
`;
}
