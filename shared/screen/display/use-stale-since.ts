import { computed, ref, watch, type ComputedRef } from 'vue';
import { STALE_AFTER_MS } from '#protocol/wire.ts';
import { formatTime, useScreenClock } from '../clock.ts';
import { useHall } from '../hall/hall-store.ts';

/** Until when the screen was current, 'HH:MM', while it is not; else undefined. */
export function useStaleSince(): ComputedRef<string | undefined> {
  const hall = useHall();
  const clock = useScreenClock();
  const sinceMs = ref<number>();
  watch(
    () => hall.link.stale,
    (stale) => {
      sinceMs.value = stale ? clock.nowMs() - STALE_AFTER_MS : undefined;
    },
    { immediate: true, flush: 'sync' },
  );
  return computed(() => (sinceMs.value === undefined ? undefined : formatTime(sinceMs.value)));
}
