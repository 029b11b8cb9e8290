import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { DEVICE_FEED, DEVICE_KEY } from '#protocol/device-feed.ts';
import type { RefusalCode } from '#protocol/errors.ts';
import { HALL } from '#protocol/feeds.ts';
import { useNow } from '#screen/clock.ts';
import { useFeed, useHall } from '#screen/hall/hall-store.ts';
import type { HallNow } from './hall-now.ts';
import { healthOf } from './health.ts';

const MINUTE_MS = 60_000;

/** The hall as this kiosk hears it; undefined until there is something to show. */
export function useHallNow(): {
  readonly now: ComputedRef<HallNow | undefined>;
  /** Why the hall does not speak to this kiosk, where it said so. */
  readonly refused: ComputedRef<RefusalCode | undefined>;
} {
  const hall = useHall();
  const { entries: views, refused } = useFeed('terminal', () => HALL);
  // Where no agent stands in between, nobody has this feed: then there are no devices, and that is no fault.
  const { entries: devices } = useFeed(DEVICE_FEED, () => DEVICE_KEY);
  const nowMs = useNow();
  const minuteMs = computed(() => Math.floor(nowMs.value / MINUTE_MS) * MINUTE_MS);
  const health = computed(() => healthOf(hall.link, devices.value.link));

  const now = computed((): HallNow | undefined => {
    const { catalogue } = hall;
    const { day } = views.value;
    if (!catalogue || !day) return undefined;
    return {
      catalogue,
      day,
      views: views.value,
      devices: devices.value,
      health: health.value,
      minuteMs: minuteMs.value,
    };
  });
  return { now, refused: computed(() => hall.link.refused ?? refused.value) };
}
