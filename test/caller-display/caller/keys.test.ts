import { describe, expect, test } from 'vitest';
import { keyLabels, keyMeaning, type Press } from '#caller-display/caller/desk/keys.ts';

const press = (code: string, changes: Partial<Press> = {}): Press => ({
  code,
  isRepeat: false,
  isModified: false,
  on: 'page',
  ...changes,
});
const actionOf = (code: string, changes: Partial<Press> = {}) => {
  const meaning = keyMeaning(press(code, changes), 'idle');
  return meaning?.kind === 'action' ? meaning.action : meaning?.kind;
};

test.each([
  ['Space', 'next'],
  ['Enter', 'next'],
  ['NumpadEnter', 'next'],
  ['F8', 'next'],
  ['KeyR', 'recall'],
  ['KeyS', 'start'],
  ['KeyF', 'finish'],
  ['KeyH', 'hold'],
  ['KeyT', 'transfer'],
  ['KeyN', 'noShow'],
  ['KeyC', 'callNumber'],
  ['KeyP', 'pause'],
  ['Digit2', 'tab'],
])('%s means %s', (code, action) => {
  expect(actionOf(code)).toBe(action);
});

test('every letter on a button does what the button says', () => {
  for (const [action, label] of Object.entries(keyLabels)) {
    if (label.length > 1 || label === 'P') continue;
    expect(actionOf(`Key${label}`)).toBe(action);
  }
});

test('P resumes while paused', () => {
  expect(keyMeaning(press('KeyP'), 'paused')).toEqual({ kind: 'action', action: 'resume' });
});

describe('nothing happens by accident', () => {
  test('in a field every key writes', () => {
    expect(actionOf('KeyR', { on: 'field' })).toBeUndefined();
    expect(actionOf('F8', { on: 'field' })).toBeUndefined();
  });

  test('with Ctrl or within an input method the key is not ours', () => {
    expect(actionOf('KeyR', { isModified: true })).toBeUndefined();
  });

  test('Space and Enter on a button press that button and do not call', () => {
    expect(actionOf('Space', { on: 'control' })).toBeUndefined();
    expect(actionOf('Enter', { on: 'control' })).toBeUndefined();
    expect(actionOf('F8', { on: 'control' })).toBe('next');
  });

  test('a key held down is swallowed, on a button too', () => {
    expect(actionOf('Space', { isRepeat: true })).toBe('swallow');
    expect(actionOf('Enter', { isRepeat: true, on: 'control' })).toBe('swallow');
    expect(actionOf('KeyR', { isRepeat: true })).toBe('swallow');
    expect(actionOf('ArrowDown', { isRepeat: true })).toBeUndefined();
  });
});
