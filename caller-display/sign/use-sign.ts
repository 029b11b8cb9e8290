import { computed, onScopeDispose, ref, watch, type ShallowRef } from 'vue';
import type { FeedEntries } from '#protocol/feeds.ts';
import { monotonicNow } from '#screen/display/adapters/monotonic.ts';
import { isAnnouncement, nextPhaseAtMs, signPhase } from './sign-phase.ts';

/** The sign of a feed with its phase, which also changes by time. Undefined until the feed has spoken. */
export function useSign(entries: ShallowRef<Partial<FeedEntries['sign']>>) {
  const announcedAtMs = ref<number>();
  const nowMs = ref(monotonicNow());
  let timer: ReturnType<typeof setTimeout> | undefined;

  const refresh = (): void => {
    clearTimeout(timer);
    nowMs.value = monotonicNow();
    const atMs = nextPhaseAtMs(announcedAtMs.value, nowMs.value);
    if (atMs !== undefined) timer = setTimeout(refresh, atMs - nowMs.value);
  };
  watch(
    entries,
    (after, before) => {
      if (after.sign && isAnnouncement(before?.sign, after.sign)) announcedAtMs.value = monotonicNow();
      refresh();
    },
    { immediate: true, flush: 'sync' },
  );
  onScopeDispose(() => clearTimeout(timer));

  return computed(() => {
    const { sign } = entries.value;
    return (
      sign && {
        ...sign,
        phase: signPhase(sign, announcedAtMs.value, nowMs.value),
        announcedAtMs: announcedAtMs.value,
      }
    );
  });
}

export type ShownSign = NonNullable<ReturnType<typeof useSign>['value']>;
