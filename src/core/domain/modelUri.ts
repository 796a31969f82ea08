/** What a `models:/` URI names. */
export type ModelReference =
  /** `models:/m-…`: a logged model. */
  | { readonly kind: 'loggedModel'; readonly modelId: string }
  /** `models:/name/3` */
  | { readonly kind: 'version'; readonly name: string; readonly version: string }
  /** `models:/name@champion` */
  | { readonly kind: 'alias'; readonly name: string; readonly alias: string }
  /** `models:/name/Production` */
  | { readonly kind: 'stage'; readonly name: string; readonly stage: string }
  /** `models:/name/latest` */
  | { readonly kind: 'latest'; readonly name: string };

const MODELS_URI = /^models:(?:\/\/[^/?]*)?(\/[^?]*)/i;

/** Whether `uri` has the scheme of registered and logged models. */
export function isModelsUri(uri: string): boolean {
  return /^models:/i.test(uri);
}

/** What `uri` names; undefined where it is no proper `models:/` URI. */
export function parseModelUri(uri: string): ModelReference | undefined {
  const path = MODELS_URI.exec(uri)?.[1]?.replace(/^\/+/, '') ?? '';
  const [first = '', suffix, ...more] = path.split('/');
  if (more.length > 0 || first.trim() === '' || suffix?.trim() === '') {
    return undefined;
  }
  return suffix === undefined ? parseUnversioned(first) : parseSuffixed(first, suffix);
}

function parseSuffixed(name: string, suffix: string): ModelReference {
  if (/^\d+$/.test(suffix)) {
    return { kind: 'version', name, version: suffix };
  }
  return suffix.toLowerCase() === 'latest'
    ? { kind: 'latest', name }
    : { kind: 'stage', name, stage: suffix };
}

function parseUnversioned(text: string): ModelReference | undefined {
  const at = text.lastIndexOf('@');
  if (at < 0) {
    return { kind: 'loggedModel', modelId: text };
  }
  const alias = text.slice(at + 1);
  return alias.trim() === '' ? undefined : { kind: 'alias', name: text.slice(0, at), alias };
}
