import type { Quota, Service } from '../catalogue/schema.ts';
import { minuteOfDay, minutesOf } from '../time.ts';
import type { Day } from './state.ts';

/** Names a quota by what it limits, so that a count survives a new catalogue version. */
export function quotaKey(serviceId: string, quota: Quota): string {
  return quota.span ? `${serviceId} ${quota.span.from}-${quota.span.to}` : serviceId;
}

/** The quotas of a service that a ticket taken at this instant counts against. */
export function quotasAt(service: Service, day: Day, nowMs: number): readonly Quota[] {
  if (service.quotas.length === 0) return service.quotas;
  const minute = minuteOfDay(nowMs, day.midnightMs);
  return service.quotas.filter(
    ({ span }) => !span || (minutesOf(span.from) <= minute && minute < minutesOf(span.to)),
  );
}

export function quotaLeft(day: Day, serviceId: string, quota: Quota): number {
  return quota.limit - (day.quotaCounts.get(quotaKey(serviceId, quota)) ?? 0);
}
