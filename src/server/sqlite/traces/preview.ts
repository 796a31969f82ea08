import {
  type ExactJson,
  type ExactJsonObject,
  isJsonObject,
  tryParsePythonJson,
} from '../../../core/base/pythonJson.js';
import { LIMITS } from '../../../core/base/limits.js';
import { firstCharacters, isLongerThan } from '../pythonText.js';

const ELLIPSIS = '...';

/**
 * What is shown of a trace's request or response in lists: where it is a chat, the last message of the role,
 * else its JSON.
 * @param text the JSON of the root span's inputs or outputs
 */
export function previewOf(text: string, role: 'user' | 'assistant'): string {
  const messages = messagesIn(tryParsePythonJson(text));
  const message = messages.findLast((each) => each.role === role) ?? messages.at(-1);
  const spoken = message === undefined ? '' : textOf(message.content);
  const content = (spoken === '' ? text : spoken).replaceAll('\0', '\ufffd');
  return isLongerThan(content, LIMITS.tracePreviewLength)
    ? firstCharacters(content, LIMITS.tracePreviewLength - ELLIPSIS.length) + ELLIPSIS
    : content;
}

/** The messages of a chat in the forms of OpenAI's interfaces. */
function messagesIn(json: ExactJson | undefined): ExactJsonObject[] {
  if (!isJsonObject(json)) {
    return [];
  }
  for (const key of ['messages', 'choices', 'input', 'output']) {
    const list = json[key];
    if (Array.isArray(list) && list.length > 0) {
      const items = list as readonly ExactJson[];
      const messages = key === 'choices' ? firstChoice(items) : items.filter(isMessage);
      if (key !== 'choices' || messages.length > 0) {
        return messages;
      }
    }
  }
  return messagesIn(json.request);
}

function firstChoice([choice]: readonly ExactJson[]): ExactJsonObject[] {
  const message = isJsonObject(choice) ? choice.message : undefined;
  return isMessage(message) ? [message] : [];
}

function textOf(content: ExactJson | undefined): string {
  if (typeof content === 'string') {
    return content;
  }
  for (const part of Array.isArray(content) ? (content as readonly ExactJson[]) : []) {
    if (typeof part === 'string') {
      return part;
    }
    if (isJsonObject(part) && (part.type === 'text' || part.type === 'output_text')) {
      return typeof part.text === 'string' ? part.text : '';
    }
  }
  return '';
}

function isMessage(json: ExactJson | undefined): json is ExactJsonObject {
  return isJsonObject(json) && 'role' in json && 'content' in json;
}
