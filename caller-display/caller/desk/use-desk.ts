import { computed, ref, shallowRef, watch } from 'vue';
import { until } from '@vueuse/core';
import { useNow, useScreenClock } from '#screen/clock.ts';
import { useFeed, useHall } from '#screen/hall/hall-store.ts';
import { useClerk } from '../clerk/clerk-store.ts';
import type { Sitting } from '../clerk/sitting.ts';
import { actionsFor, deskStatusOf, type DeskAction, type Finished, type WhyNot } from './actions.ts';
import { createDesk, type Notice } from './desk.ts';

/** Longer than a feed ever holds back (25 ms) by far; after that the clerk may press, and the revision decides. */
const CATCH_UP_MS = 1_500;
const SAID_FOR_MS = 6_000;

export type DeskNotice = Notice | { readonly kind: 'why'; readonly why: WhyNot };

/** The desk of the page: what the feed of the counter says, what may be done now, and the doing. */
export function useDesk(sitting: () => Sitting) {
  const hall = useHall();
  const clerk = useClerk();
  const clock = useScreenClock();
  const nowMs = useNow(500);
  const { entries, refused } = useFeed('counter', () => sitting().counterId);

  const pending = ref<DeskAction>();
  const notice = shallowRef<DeskNotice>();
  const lastFinished = shallowRef<Finished>();

  const desk = createDesk({
    command: hall.command,
    counterId: () => sitting().counterId,
    counter: () => entries.value.counter,
    caughtUp: async (revision) => {
      await until(() => entries.value.counter?.revision ?? 0).toMatch((shown) => shown >= revision, {
        timeout: CATCH_UP_MS,
      });
    },
    nowMs: clock.nowMs,
    onPending: (action) => (pending.value = action),
    onNotice: (next) => (notice.value = next),
    onFinished: (finished) => (lastFinished.value = finished),
    onSessionExpired: () => (clerk.expired = true),
  });

  watch(refused, (code) => {
    if (code === 'session-expired') clerk.expired = true;
  });
  watch(
    () => clerk.expired,
    () => (notice.value = undefined),
  );
  watch(notice, (shown, _before, onCleanup) => {
    if (shown === undefined || shown.kind === 'refused') return;
    const timer = setTimeout(() => (notice.value = undefined), SAID_FOR_MS);
    onCleanup(() => clearTimeout(timer));
  });

  const view = computed(() => {
    const { counter, queue } = entries.value;
    const { clerkId } = sitting().session;
    return counter && { clerkId, counter, queue, lastFinished: lastFinished.value };
  });
  const status = computed(() => view.value && deskStatusOf(view.value));
  const offers = computed(() => {
    const rules = hall.catalogue?.catalogue.rules;
    return view.value && rules && actionsFor(view.value, rules, nowMs.value);
  });

  return { desk, entries, refused, pending, notice, lastFinished, view, status, offers, nowMs };
}
