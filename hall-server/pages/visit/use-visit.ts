import { useDocumentVisibility, useTimeoutPoll } from '@vueuse/core';
import { computed, shallowRef, watch } from 'vue';
import { useNow, useScreenClock } from '#screen/clock.ts';
import { fetchCatalogue, lookUp } from './adapters/hall.ts';
import { vibrate } from './adapters/vibrate.ts';
import { LOOK_EVERY_MS, afterLook, isNewCall, isStale, nextLookMs } from './visit.ts';
import type { HallCatalogue, Look, Seen } from './visit.ts';

/** The visitor's number, looked up again and again while the page is on the screen. No socket: a phone in a pocket drops it. */
export function useVisit(visitKey: string) {
  const clock = useScreenClock();
  const now = useNow();
  const visibility = useDocumentVisibility();
  const seen = shallowRef<Seen>({ look: undefined, heardAtMs: clock.nowMs(), failures: 0 });
  const catalogue = shallowRef<HallCatalogue>();
  const waitMs = shallowRef(LOOK_EVERY_MS);
  let version = 0;
  let looking = false;

  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    const next = await lookUp(visitKey);
    looking = false;
    announce(next);
    seen.value = afterLook(seen.value, next, clock.nowMs());
    waitMs.value = nextLookMs(seen.value);
    if (next.status === 'seen') await learnNames(next.visit.catalogueVersion);
  }

  function announce(next: Look): void {
    const { look: before } = seen.value;
    if (next.status !== 'seen') return;
    if (isNewCall(before?.status === 'seen' ? before.visit.ticket : undefined, next.visit.ticket)) vibrate();
  }

  async function learnNames(wanted: number): Promise<void> {
    if (wanted === version) return;
    const learnt = await fetchCatalogue(wanted);
    if (learnt === undefined) return;
    catalogue.value = learnt;
    version = wanted;
  }

  const { pause, resume } = useTimeoutPoll(look, waitMs, { immediate: false, immediateCallback: true });
  watch(visibility, (state) => (state === 'hidden' ? pause() : resume()), { immediate: true });

  return {
    look: computed(() => seen.value.look),
    isStale: computed(() => isStale(seen.value, now.value)),
    catalogue,
    retry: look,
  };
}
