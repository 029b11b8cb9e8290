import type { DeskAction, DeskStatus } from './actions.ts';

export type QueueTab = 'waiting' | 'held' | 'noShows';
export const queueTabs: readonly QueueTab[] = ['waiting', 'held', 'noShows'];

/** A key press as far as the desk is concerned; `on` is what has the focus. */
export interface Press {
  /** KeyboardEvent.code: the place of the key, which an input method or Caps Lock does not change. */
  readonly code: string;
  readonly isRepeat: boolean;
  /** Ctrl, Alt or Meta is down, or an input method is composing. */
  readonly isModified: boolean;
  readonly on: 'page' | 'control' | 'field';
}

export type KeyMeaning =
  | { readonly kind: 'action'; readonly action: DeskAction }
  | { readonly kind: 'tab'; readonly tab: QueueTab }
  /** A key held down: it must do nothing at all, not even press the button that has the focus. */
  | { readonly kind: 'swallow' };

/** The label on the key, for each action that has one. */
export const keyLabels: Readonly<Partial<Record<DeskAction, string>>> = {
  next: 'Space',
  start: 'S',
  recall: 'R',
  noShow: 'N',
  finish: 'F',
  hold: 'H',
  transfer: 'T',
  requeue: 'B',
  reopen: 'U',
  callNumber: 'C',
  pause: 'P',
  resume: 'P',
};

const letters: Readonly<Record<string, DeskAction>> = {
  F8: 'next',
  KeyS: 'start',
  KeyR: 'recall',
  KeyN: 'noShow',
  KeyF: 'finish',
  KeyH: 'hold',
  KeyT: 'transfer',
  KeyB: 'requeue',
  KeyU: 'reopen',
  KeyC: 'callNumber',
};
const pressing = ['Space', 'Enter', 'NumpadEnter'];
const tabs: Readonly<Record<string, QueueTab>> = { Digit1: 'waiting', Digit2: 'held', Digit3: 'noShows' };

/** What a press means at the desk; undefined: leave it to the page. */
export function keyMeaning(
  { code, isRepeat, isModified, on }: Press,
  status: DeskStatus,
): KeyMeaning | undefined {
  if (isModified || on === 'field') return undefined;
  const action = letters[code] ?? (code === 'KeyP' ? (status === 'paused' ? 'resume' : 'pause') : undefined);
  const isPressing = pressing.includes(code);
  if (isRepeat) return action || isPressing ? { kind: 'swallow' } : undefined;
  if (action) return { kind: 'action', action };
  // On a button these two press that button; anywhere else they call.
  if (isPressing) return on === 'page' ? { kind: 'action', action: 'next' } : undefined;
  const tab = tabs[code];
  return tab && { kind: 'tab', tab };
}
