import { SYSTEM_TAGS, tagValue } from '../../../core/domain/tag.js';
import { getLoggedModel, setLoggedModelTags } from '../loggedModels.js';
import { jsonText } from '../pythonText.js';
import type { StoreContext } from '../storeContext.js';

/** A version of a registered model, as the tag of the logged model that it was made from names it. */
interface NamedVersion {
  readonly name: string;
  readonly version: number;
}

/** Notes in a tag of a logged model that it has become a version of a registered model. */
export function addModelVersionTag(context: StoreContext, modelId: string, added: NamedVersion): void {
  const { tags } = getLoggedModel(context, modelId);
  const earlier = namedIn(tagValue(tags, SYSTEM_TAGS.modelVersions));
  const value = `[${[...earlier, added].map(written).join(', ')}]`;
  setLoggedModelTags(context, modelId, [{ key: SYSTEM_TAGS.modelVersions, value }]);
}

/** What of the tag can be read; a client may have written anything into it. */
function namedIn(tag: string | undefined): readonly NamedVersion[] {
  try {
    const list: unknown = JSON.parse(tag ?? '[]');
    return Array.isArray(list) ? (list as unknown[]).filter(isNamedVersion) : [];
  } catch {
    return [];
  }
}

function isNamedVersion(item: unknown): item is NamedVersion {
  const { name, version } = (item ?? {}) as Partial<Record<keyof NamedVersion, unknown>>;
  return typeof name === 'string' && (typeof version === 'number' || typeof version === 'string');
}

/** As Python's `json` writes it, so that the tag is the same whoever wrote it. */
function written({ name, version }: NamedVersion): string {
  return `{"name": ${jsonText(name)}, "version": ${jsonText(version)}}`;
}
