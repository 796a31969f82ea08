/* How MLflow's messages write the values that they refuse: as Python's `json` does, with the type's name. */

/** Nobody reads more of a refused value, and a body may hold millions of characters. */
const MOST_CHARACTERS = 10_000;

export function describeInvalid(name: string, value: unknown): string {
  const json = pythonJson(value);
  const shown = json.length > MOST_CHARACTERS ? `${json.slice(0, MOST_CHARACTERS)}...` : json;
  return `Invalid value ${shown} for parameter '${name}' supplied:  Hint: Value was of type '${pythonType(value)}'.`;
}

function pythonType(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'str';
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int';
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float';
    default:
      return Array.isArray(value) ? 'list' : value === null || value === undefined ? 'NoneType' : 'dict';
  }
}

function pythonJson(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(pythonJson).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${pythonJson(key)}:${pythonJson(item)}`).join(',')}}`;
  }
  if (typeof value === 'string') {
    return asciiOnly(JSON.stringify(value));
  }
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean'
    ? String(value)
    : 'null';
}

function asciiOnly(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
