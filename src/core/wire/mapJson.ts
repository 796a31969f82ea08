import type { Tag } from '../domain/tag.js';
import type { JsonObject } from './readJson.js';
import { isObject } from './parseMessage.js';

/* Protobuf's maps of texts, which are objects in JSON. */

export function mapToJson(entries: readonly Tag[]): JsonObject {
  return Object.fromEntries(entries.map(({ key, value }) => [key, value]));
}

export function mapFromJson(json: unknown): Tag[] {
  return Object.entries(isObject(json) ? json : {}).map(([key, value]) => ({ key, value: String(value) }));
}
