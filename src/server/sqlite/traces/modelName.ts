import { pythonJson, tryParseJsonObject } from '../../../core/base/pythonJson.js';
import { type LoggedSpan, SPAN_ATTRIBUTES } from '../../../core/domain/trace.js';
import { attributeText } from './spanRows.js';

/** The span with the name of its model as an attribute, where its inputs or outputs name one, as MLflow adds it. */
export function withModelName(span: LoggedSpan): LoggedSpan {
  if (attributeText(span, SPAN_ATTRIBUTES.model) !== undefined) {
    return span;
  }
  const named = [SPAN_ATTRIBUTES.inputs, SPAN_ATTRIBUTES.outputs]
    .map((key) => tryParseJsonObject(attributeText(span, key))?.model)
    .find((model) => typeof model === 'string' && model !== '');
  return named === undefined
    ? span
    : { ...span, attributes: [...span.attributes, { key: SPAN_ATTRIBUTES.model, value: pythonJson(named) }] };
}
