import { describe, expect, it } from 'vitest';
import { previewOf } from '../../../../src/server/sqlite/traces/preview.js';

const message = (role: string, content: unknown) => ({ role, content });

describe('the preview of a request or response', () => {
  it.each([
    ['JSON that is no chat', { x: 5 }, 'user', '{"x":5}'],
    [
      'the last message of the role',
      { messages: [message('user', 'a'), message('user', 'b'), message('assistant', 'c')] },
      'user',
      'b',
    ],
    ['the last message where none is of the role', { messages: [message('system', 'a')] }, 'user', 'a'],
    ['a choice', { choices: [{ message: message('assistant', 'yes') }] }, 'assistant', 'yes'],
    [
      'parts',
      { input: [message('user', [{ type: 'image' }, { type: 'text', text: 'look' }])] },
      'user',
      'look',
    ],
    [
      'output',
      { output: [message('assistant', [{ type: 'output_text', text: 'out' }])] },
      'assistant',
      'out',
    ],
    ['a request within', { request: { input: [message('user', 'in')] } }, 'user', 'in'],
    [
      'a message without text',
      { messages: [message('user', '')] },
      'user',
      '{"messages":[{"role":"user","content":""}]}',
    ],
    ['what only looks like a chat', { messages: ['a'] }, 'user', '{"messages":["a"]}'],
  ] as const)('of %s', (_name, json, role, expected) => {
    expect(previewOf(JSON.stringify(json), role)).toBe(expected);
  });

  it('is cut by characters, and holds no NUL', () => {
    expect(previewOf('no JSON \0', 'user')).toBe('no JSON \ufffd');
    expect(Array.from(previewOf('😀'.repeat(1001), 'user'))).toHaveLength(1000);
    expect(previewOf('😀'.repeat(1001), 'user')).toMatch(/😀\.\.\.$/u);
    expect(previewOf('😀'.repeat(1000), 'user')).toBe('😀'.repeat(1000));
  });
});
