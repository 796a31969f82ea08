import { afterEach, describe, expect, it } from 'vitest';
import { setStrings, t } from '../../../webviews/shared/strings.js';

describe('strings', () => {
  afterEach(() => setStrings({}));

  it('fill in values, and nothing that a value contains', () => {
    expect(t('showingFirst', { shown: 200, total: 450 })).toBe('Showing the first 200 of 450.');
    expect(t('noMatch', { filter: '{filter} $&' })).toBe('Nothing matches “{filter} $&”.');
  });

  it('can be replaced by another language, in part', () => {
    setStrings({ tryAgain: 'Noch einmal' });
    expect(t('tryAgain')).toBe('Noch einmal');
    expect(t('showAll')).toBe('Show all');
  });
});
