import type { CatalogueIndex } from '../catalogue/index.ts';
import { quotaLeft } from '../hall/quota.ts';
import type { Hall } from '../hall/state.ts';

/** A service as a kiosk needs it before a number is taken. */
export interface ServiceView {
  readonly serviceId: string;
  /** Waiting people by priority class; classes without anybody are left out. */
  readonly waiting: Readonly<Record<string, number>>;
  readonly openCounters: number;
  /** Numbers left of the day's quota, where there is one. */
  readonly left?: number;
}

/** The day as every screen needs it. */
export interface DayView {
  readonly businessDate?: string;
  readonly nextDate?: string;
  readonly status: 'none' | 'open' | 'closed';
  readonly catalogueVersion: number;
}

export function serviceViewOf(hall: Hall, catalogue: CatalogueIndex, serviceId: string): ServiceView {
  const day = hall.current;
  const waiting: Record<string, number> = {};
  for (const [classId, list] of day?.queues.get(serviceId)?.byClass ?? []) {
    if (list.length > 0) waiting[classId] = list.length;
  }
  const counters = catalogue.countersByService.get(serviceId) ?? [];
  const openCounters = counters.filter(({ id }) => hall.countersById.get(id)?.status === 'open').length;
  const daily = catalogue.servicesById.get(serviceId)?.quotas.find(({ span }) => !span);
  const left = day && daily ? { left: Math.max(0, quotaLeft(day, serviceId, daily)) } : {};
  return { serviceId, waiting, openCounters, ...left };
}

export function dayViewOf(hall: Hall): DayView {
  return {
    ...(hall.current ? { businessDate: hall.current.businessDate } : {}),
    ...(hall.next ? { nextDate: hall.next.businessDate } : {}),
    status: hall.current?.status ?? 'none',
    catalogueVersion: hall.catalogue?.version ?? 0,
  };
}
