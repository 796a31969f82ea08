import type { Tag } from '../../core/domain/tag.js';
import type { Message } from '../../core/wire/messageTypes.js';
import type { KEY_VALUE } from '../../core/wire/requests/messages.js';

/** Tags or parameters of a request; what was not sent is empty, as in protobuf. */
export function keyValues(list: readonly Message<typeof KEY_VALUE>[]): Tag[] {
  return list.map(({ key = '', value = '' }) => ({ key, value }));
}
