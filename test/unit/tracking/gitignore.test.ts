import { describe, expect, it } from 'vitest';
import {
  ignoresFile,
  missingGitignoreLines,
  withGitignoreLines,
} from '../../../src/core/tracking/gitignore.js';

describe('missingGitignoreLines', () => {
  it('finds both missing in an empty file', () => {
    expect(missingGitignoreLines('')).toEqual(['mlflow.db*', 'mlruns/']);
  });

  it.each(['mlflow.db*\nmlruns/', '/mlflow.db*\n/mlruns', '**/mlruns/\n*.db*', 'mlflow.*\r\nmlruns/**', '*'])(
    'finds nothing missing in %j',
    (text) => {
      expect(missingGitignoreLines(text)).toEqual([]);
    },
  );

  it('wants the files beside the database ignored too', () => {
    expect(missingGitignoreLines('mlflow.db\nmlruns/')).toEqual(['mlflow.db*']);
  });
});

describe('withGitignoreLines', () => {
  it('adds the lines at the end, in the line ending of the file', () => {
    expect(withGitignoreLines('a', ['b'])).toBe("a\n\n# MLflow's local store\nb\n");
    expect(withGitignoreLines('a\r\n', ['b'])).toBe("a\r\n\r\n# MLflow's local store\r\nb\r\n");
    expect(withGitignoreLines('', ['b'])).toBe("# MLflow's local store\nb\n");
  });

  it('makes nothing missing, and then changes nothing more', () => {
    const text = withGitignoreLines('x', missingGitignoreLines('x'));
    expect(withGitignoreLines(text, missingGitignoreLines(text))).toBe(text);
  });
});

describe('ignoresFile', () => {
  it.each(['.env', '/.env', '**/.env', '.env*', '*.env', '.en?', 'a\r\n.env\r\n', '*'])(
    'finds it in %j',
    (text) => {
      expect(ignoresFile(text, '.env')).toBe(true);
    },
  );

  it.each(['', '#.env', 'env', 'xenv', '.env/x', '.environment'])('does not find it in %j', (text) => {
    expect(ignoresFile(text, '.env')).toBe(false);
  });
});
