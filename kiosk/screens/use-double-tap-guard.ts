import { onScopeDispose, watch } from 'vue';

/** Two taps of an unsure hand are at most this far apart. */
const DOUBLE_TAP_MS = 400;

/**
 * Swallows the second tap of a double tap that the first has turned the page under: it would press whatever has come to lie
 * there, at worst the button that sends a fresh number away.
 */
export function useDoubleTapGuard(page: () => unknown): { readonly swallow: (event: Event) => void } {
  let turning: ReturnType<typeof setTimeout> | undefined;
  watch(
    page,
    () => {
      clearTimeout(turning);
      turning = setTimeout(() => {
        turning = undefined;
      }, DOUBLE_TAP_MS);
    },
    { flush: 'sync' },
  );
  onScopeDispose(() => clearTimeout(turning));
  return {
    swallow: (event) => {
      if (turning === undefined) return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
