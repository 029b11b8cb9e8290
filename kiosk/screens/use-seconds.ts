import { onScopeDispose, ref } from 'vue';
import { useScreenClock } from '#screen/clock.ts';

/**
 * Seconds since the start, counted by ticks and not by the time of day: a clock that is set right by the hall in between must
 * not send a visitor away.
 */
export function useSeconds() {
  const seconds = ref(0);
  const stop = useScreenClock().every(1_000, () => {
    seconds.value += 1;
  });
  onScopeDispose(stop);
  return {
    seconds,
    restart: (): void => {
      seconds.value = 0;
    },
  };
}
