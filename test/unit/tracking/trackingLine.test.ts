import { describe, expect, it } from 'vitest';
import {
  hasTrackingLines,
  importsMlflow,
  insertTrackingLines,
  namesTrackingUri,
  removeTrackingLines,
  type TextChange,
} from '../../../src/core/tracking/trackingLine.js';

const URI = 'sqlite:////w/mlflow.db';
const LINES = `import mlflow  # by MLflow Workbench\nmlflow.set_tracking_uri("${URI}")  # by MLflow Workbench\n`;

function apply(source: string, changes: readonly TextChange[]): string {
  return changes.reduceRight(
    (text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end),
    source,
  );
}
const insert = (source: string): string => apply(source, [insertTrackingLines(source, URI)]);
const remove = (source: string): string => apply(source, removeTrackingLines(source));

describe('insertTrackingLines', () => {
  it.each([
    ['', ''],
    ['', 'import mlflow\n'],
    ['#!/usr/bin/env python\n# coding: utf-8\n', '\nimport mlflow\n'],
    ['"""What it does."""\n', 'import mlflow\n'],
    ['#!/usr/bin/env python\n\n"""What\nit does.\n"""\n', '\nx = 1\n'],
    ["r'''Raw.'''  # why\n", 'x = 1\n'],
    ['"""Doc."""\n\nfrom __future__ import annotations\n', '\nx = 1\n'],
    ['from __future__ import (\n    annotations,\n)\nfrom __future__ import division\n', 'x = 1\n'],
    ['\uFEFF# comment\n', 'x = 1\n'],
    ['', 'x = """no docstring"""\n'],
  ])('stands behind %j', (head, rest) => {
    expect(insert(head + rest)).toBe(head + LINES + rest);
  });

  it('begins a line of its own, in the file’s ends of lines', () => {
    expect(insert('"""Doc."""')).toBe(`"""Doc."""\n${LINES}`);
    expect(insert('"""Doc."""\r\nx = 1\r\n')).toBe(
      `"""Doc."""\r\n${LINES.replaceAll('\n', '\r\n')}x = 1\r\n`,
    );
  });
});

describe('removeTrackingLines', () => {
  it.each(['', 'import mlflow\nmlflow.autolog()\n', '"""Doc."""\r\nimport os\r\n'])(
    'makes %j of it again',
    (source) => {
      expect(hasTrackingLines(insert(source))).toBe(true);
      expect(remove(insert(source))).toBe(source);
    },
  );

  it('leaves the import where nothing else imports what the rest uses', () => {
    expect(remove(`${LINES}mlflow.autolog()\n`)).toBe('import mlflow\nmlflow.autolog()\n');
  });

  it('leaves the import for other cells of a notebook, unless they have their own', () => {
    const kept = removeTrackingLines(LINES, 'mlflow.autolog()').map(({ text }) => text);
    expect(kept).toEqual(['import mlflow\n', '']);
    expect(apply(LINES, removeTrackingLines(LINES, 'import mlflow\nmlflow.autolog()'))).toBe('');
  });

  it('changes nothing where there are none', () => {
    expect(removeTrackingLines('import mlflow\n')).toEqual([]);
  });
});

describe('what a source says', () => {
  it('is whether it imports mlflow', () => {
    expect(
      ['import mlflow', '  import mlflow.sklearn as m', 'x\nfrom mlflow import log_metric'].every(
        importsMlflow,
      ),
    ).toBe(true);
    expect(['import mlflowish', '# import mlflow', 'x = "import mlflow"', ''].some(importsMlflow)).toBe(
      false,
    );
  });

  it('is whether it names a tracking URI itself', () => {
    expect(namesTrackingUri('mlflow.set_tracking_uri ("x")')).toBe(true);
    expect(namesTrackingUri('%env MLFLOW_TRACKING_URI=x')).toBe(true);
    expect(namesTrackingUri('mlflow.get_tracking_uri()')).toBe(false);
  });
});
