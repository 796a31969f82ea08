import { invalidParameter } from '../../core/base/errors.js';
import type { Param } from '../../core/domain/run.js';
import { pythonRepr } from './pythonText.js';
import { activeRunRow, touchRun } from './runs.js';
import type { StoreContext } from './storeContext.js';
import { checkedParam } from './validation.js';

export function logParam(context: StoreContext, runId: string, param: Param): void {
  const checked = checkedParam(param, context.settings.truncateLongValues);
  const row = activeRunRow(context, runId);
  const before = writeParam(context, row.run_uuid, checked);
  if (before !== undefined && before !== checked.value) {
    throw invalidParameter(
      `Changing param values is not allowed. Param with key='${checked.key}' was already logged with ` +
        `value='${before}' for run ID='${runId}'. Attempted logging new value '${checked.value}'.`,
    );
  }
  touchRun(context, row);
}

/** Writes the parameters of a batch, which were checked, to a run that is active. */
export function writeParams(context: StoreContext, runId: string, params: readonly Param[]): void {
  const conflicts = params.flatMap(({ key, value }) => {
    const before = writeParam(context, runId, { key, value });
    return before === undefined || before === value ? [] : [{ key, before, value }];
  });
  if (conflicts.length > 0) {
    const listed = conflicts.map(
      ({ key, before, value }) =>
        `{'key': ${pythonRepr(key)}, 'old_value': ${pythonRepr(before)}, 'new_value': ${pythonRepr(value)}}`,
    );
    throw invalidParameter(
      `Changing param values is not allowed. Params were already logged='[${listed.join(', ')}]' ` +
        `for run ID='${runId}'.`,
    );
  }
}

/** Writes a parameter unless there is one of its key. @returns the value that is there already */
function writeParam({ database }: StoreContext, runId: string, { key, value }: Param): string | undefined {
  const sql =
    'INSERT INTO params (run_uuid, key, value) VALUES (?, ?, ?) ON CONFLICT (key, run_uuid) DO NOTHING';
  if (database.run(sql, runId, key, value) > 0) {
    return undefined;
  }
  return database.get<{ value: string }>(
    'SELECT value FROM params WHERE run_uuid = ? AND key = ?',
    runId,
    key,
  )?.value;
}
