import { addDays, businessDateAt, type BusinessDate } from '#domain/time.ts';
import type { DayView } from '#domain/views/terminal.ts';

export type DayAct = 'open' | 'close' | 'rollOver';

export interface DayStep {
  readonly act: DayAct;
  readonly date: BusinessDate;
}

/** What the rules of a hall's clock are read from. */
export interface DayRules {
  readonly timeZone: string;
  readonly rollOverAt: string;
}

/** The steps that make sense now, the usual one first; each with the date it is about. The hall decides again. */
export function daySteps(
  day: DayView,
  { timeZone, rollOverAt }: DayRules,
  nowMs: number,
): readonly DayStep[] {
  const today = businessDateAt(nowMs, timeZone, rollOverAt);
  const { businessDate: current, nextDate } = day;
  if (current === undefined || day.status === 'none') return [{ act: 'open', date: today }];
  const next = nextDate ?? (today > current ? today : addDays(current, 1));
  const ahead: readonly DayStep[] = nextDate === undefined ? [{ act: 'open', date: next }] : [];
  const roll: DayStep = { act: 'rollOver', date: next };
  const close: DayStep = { act: 'close', date: current };
  if (day.status === 'closed') return [roll, ...ahead];
  // Past the hall's own roll-over the date should have changed by itself: that comes first then.
  return today > current ? [roll, close, ...ahead] : [close, ...ahead, roll];
}
