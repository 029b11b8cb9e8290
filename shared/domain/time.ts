import { Temporal } from 'temporal-polyfill';

/** A business date, 'YYYY-MM-DD', in the hall's time zone. */
export type BusinessDate = string;

const MINUTE_MS = 60_000;

/** 'HH:MM' → minutes after midnight. */
export function minutesOf(timeOfDay: string): number {
  return Number(timeOfDay.slice(0, 2)) * 60 + Number(timeOfDay.slice(3, 5));
}

/** The business date at an instant: the calendar date, where the hours before `rollOverAt` belong to the day before. */
export function businessDateAt(nowMs: number, timeZone: string, rollOverAt: string): BusinessDate {
  const shifted = nowMs - minutesOf(rollOverAt) * MINUTE_MS;
  return Temporal.Instant.fromEpochMilliseconds(shifted)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
}

/** Epoch milliseconds of local midnight at the start of a business date. */
export function midnightOf(date: BusinessDate, timeZone: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone }).epochMilliseconds;
}

/** ISO weekday of a date, 1 is Monday. */
export function weekdayOf(date: BusinessDate): number {
  return Temporal.PlainDate.from(date).dayOfWeek;
}

/** The date `days` later. */
export function addDays(date: BusinessDate, days: number): BusinessDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** Minutes after midnight of an instant, given that day's midnight. Exact in zones without daylight saving. */
export function minuteOfDay(nowMs: number, midnightMs: number): number {
  return Math.floor((nowMs - midnightMs) / MINUTE_MS);
}

/** Local wall-clock time 'HH:MM' of an instant. */
export function timeOfDayAt(nowMs: number, timeZone: string): string {
  const t = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone);
  return `${String(t.hour).padStart(2, '0')}:${String(t.minute).padStart(2, '0')}`;
}
