import { inject, onScopeDispose, readonly, ref, watchEffect } from 'vue';
import type { App, InjectionKey, Ref } from 'vue';
import type { Language } from './i18n.ts';

/** What a page knows about time. `nowMs` is epoch milliseconds; `every` returns how to stop. */
export interface ScreenClock {
  readonly nowMs: () => number;
  readonly every: (periodMs: number, tick: () => void) => () => void;
}

const screenClockKey: InjectionKey<ScreenClock> = Symbol('screen-clock');

/** A hall is on Chinese time, whatever the panel's own settings say. */
const HALL_TIME_ZONE = 'Asia/Shanghai';

/**
 * The machine's clock. `offsetMs` is what the hall's clock is ahead of it: a kiosk whose battery died shows the
 * hall's time, not 1970.
 */
export function createScreenClock(offsetMs: () => number = () => 0): ScreenClock {
  return {
    nowMs: () => Date.now() + offsetMs(),
    every: (periodMs, tick) => {
      const timer = setInterval(tick, periodMs);
      return () => {
        clearInterval(timer);
      };
    },
  };
}

export function provideScreenClock(app: App, clock: ScreenClock): void {
  app.provide(screenClockKey, clock);
}

export function useScreenClock(): ScreenClock {
  const clock = inject(screenClockKey);
  if (clock === undefined) throw new Error('No screen clock: the page was not made by createScreenApp');
  return clock;
}

/** Epoch milliseconds, moving on every `periodMs` (default 1 s) for as long as the component lives. */
export function useNow(periodMs = 1000): Readonly<Ref<number>> {
  const clock = useScreenClock();
  const nowMs = ref(0);
  const ticks = ref(0);
  const stop = clock.every(periodMs, () => {
    ticks.value += 1;
  });
  onScopeDispose(stop);
  // Not at the ticks alone: when the first heartbeat sets the hall's clock right, no screen shows a wrong hour until the next.
  watchEffect(
    () => {
      nowMs.value = ticks.value >= 0 ? clock.nowMs() : 0;
    },
    { flush: 'sync' },
  );
  return readonly(nowMs);
}

const timeFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: HALL_TIME_ZONE,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const dayFormats: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  'zh-CN': new Intl.DateTimeFormat('zh-CN', { timeZone: HALL_TIME_ZONE, month: 'long', day: 'numeric' }),
  en: new Intl.DateTimeFormat('en-GB', { timeZone: HALL_TIME_ZONE, month: 'long', day: 'numeric' }),
};

const weekdayFormats: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  'zh-CN': new Intl.DateTimeFormat('zh-CN', { timeZone: HALL_TIME_ZONE, weekday: 'long' }),
  en: new Intl.DateTimeFormat('en-GB', { timeZone: HALL_TIME_ZONE, weekday: 'long' }),
};

/** 'HH:MM', 24 hours, in the hall. */
export function formatTime(epochMs: number): string {
  return timeFormat.format(epochMs);
}

/** Month, day and weekday in the hall, in the order of the language: 'Monday 23 November'. */
export function formatDate(epochMs: number, language: Language): string {
  // Two formats joined here: ICU releases differ about the space and the comma between them, and screens must not.
  const day = dayFormats[language].format(epochMs);
  const weekday = weekdayFormats[language].format(epochMs);
  return language === 'zh-CN' ? `${day} ${weekday}` : `${weekday} ${day}`;
}
