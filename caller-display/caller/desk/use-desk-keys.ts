import { useEventListener } from '@vueuse/core';
import type { DeskAction, DeskStatus } from './actions.ts';
import { keyMeaning, type Press, type QueueTab } from './keys.ts';

const FIELDS = 'input, textarea, select, [contenteditable]';
const CONTROLS = 'button, a, summary, [role="tab"], [role="option"]';

function pressOf(event: KeyboardEvent): Press {
  const target = event.target instanceof Element ? event.target : null;
  return {
    code: event.code,
    isRepeat: event.repeat,
    isModified: event.ctrlKey || event.altKey || event.metaKey || event.isComposing,
    on: target?.closest(FIELDS) ? 'field' : target?.closest(CONTROLS) ? 'control' : 'page',
  };
}

/** Every common action on one key, while no dialog is open. In capture, so that a held key never reaches a focused button. */
export function useDeskKeys(
  status: () => DeskStatus | undefined,
  act: (action: DeskAction) => void,
  showTab: (tab: QueueTab) => void,
): void {
  useEventListener(
    window,
    'keydown',
    (event: KeyboardEvent) => {
      const now = status();
      if (now === undefined || document.querySelector('dialog[open]')) return;
      const meaning = keyMeaning(pressOf(event), now);
      if (!meaning) return;
      event.preventDefault();
      event.stopPropagation();
      if (meaning.kind === 'action') act(meaning.action);
      if (meaning.kind === 'tab') showTab(meaning.tab);
    },
    { capture: true },
  );
}
