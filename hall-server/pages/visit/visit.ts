import type { Catalogue, Service, Zone } from '#domain/catalogue/schema.ts';
import { businessDateAt } from '#domain/time.ts';
import type { TicketView } from '#domain/views/ticket.ts';
import type { VisitView } from '#protocol/visit.ts';
import type { Language } from '#screen/i18n.ts';

/** The catalogue as the hall gives it to screens. */
export type HallCatalogue = Omit<Catalogue, 'matters'>;

/** What one look at the hall brought. */
export type Look =
  | { readonly status: 'seen'; readonly visit: VisitView }
  /** The hall has no such number today: never had, or its day is over. */
  | { readonly status: 'unknown' }
  | { readonly status: 'failed' };

/** What the page shows, and since when it is true (epoch ms of this phone; only ever compared with this phone's clock). */
export interface Seen {
  readonly look: Look | undefined;
  readonly heardAtMs: number;
  /** Looks that failed since. */
  readonly failures: number;
}

export const LOOK_EVERY_MS = 5_000;
const LOOK_SLOWLY_MS = 30_000;
/** Three looks: one lost on a hall's crowded radio is no reason to alarm anybody. */
const STALE_AFTER_MS = 15_000;

/** The handle in '/v/<visitKey>'. Whether it is one is for the hall to say. */
export function visitKeyOf(pathname: string): string {
  return /^\/v\/([^/]*)/u.exec(pathname)?.[1] ?? '';
}

/** Chinese for whoever reads it at all: a phone set to English with Chinese second is read in Chinese here, as in the hall. */
export function languageOf(preferred: readonly string[]): Language {
  return preferred.length === 0 || preferred.some((tag) => /^zh\b/iu.test(tag)) ? 'zh-CN' : 'en';
}

/** A look that failed leaves what was seen before; it only grows old. */
export function afterLook(before: Seen, look: Look, nowMs: number): Seen {
  if (look.status !== 'failed') return { look, heardAtMs: nowMs, failures: 0 };
  return { ...before, look: before.look ?? look, failures: before.failures + 1 };
}

/** By age and not by failures: a phone that comes out of a pocket shows at once that its picture is an hour old. */
export function isStale({ look, heardAtMs }: Seen, nowMs: number): boolean {
  return look?.status === 'seen' && nowMs - heardAtMs > STALE_AFTER_MS;
}

/** How long until the next look: slower when the visit is over, and when the hall does not answer. */
export function nextLookMs({ look, failures }: Seen): number {
  if (failures > 0) return Math.min(LOOK_EVERY_MS * 2 ** (failures - 1), LOOK_SLOWLY_MS);
  return look?.status === 'seen' && !isOver(look.visit.ticket.status) ? LOOK_EVERY_MS : LOOK_SLOWLY_MS;
}

/** Over, though a mistake of the counter's may still be put right. */
function isOver(status: TicketView['status']): boolean {
  return status === 'finished' || status === 'cancelled' || status === 'voided';
}

/** A call that the visitor has not been told of: the first, a repeated one, or one from another counter. */
export function isNewCall(before: TicketView | undefined, after: TicketView): boolean {
  if (after.status !== 'called') return false;
  return (
    before?.status !== 'called' || before.calledAt !== after.calledAt || before.counterId !== after.counterId
  );
}

export interface Whereabouts {
  readonly service: Service | undefined;
  readonly zone: Zone | undefined;
  /** '1' of '1F': the words of the page say "floor" already. */
  readonly floor: string | undefined;
  /** What the sign over the counter says. */
  readonly counterLabel: string | undefined;
}

/** Where this number belongs: the zone of the counter once there is one, else that of the service. */
export function whereaboutsOf(ticket: TicketView, catalogue: HallCatalogue | undefined): Whereabouts {
  const service = catalogue?.services.find(({ id }) => id === ticket.serviceId);
  const counter = catalogue?.counters.find(({ id }) => id === ticket.counterId);
  const zoneId = counter?.zoneId ?? service?.zoneId;
  const zone = catalogue?.zones.find(({ id }) => id === zoneId);
  return {
    service,
    zone,
    floor: zone?.floor.replace(/^(\d+)F$/u, '$1'),
    // Without its name a counter is still found by its id: 'b12' is 'B12' over the desk.
    counterLabel: counter?.label ?? ticket.counterId?.toUpperCase(),
  };
}

/** Whether the number is for today, or for a later opening day: taken after closing. */
export function isForLaterDay({ ticket, now }: VisitView, { hall, rules }: HallCatalogue): boolean {
  return ticket.businessDate > businessDateAt(now, hall.timeZone, rules.rollOverAt);
}

/** Whether another counter or service had this number before and sent it on. */
export function wasSentOn({ legs }: TicketView): boolean {
  return legs.at(-2)?.status === 'transferred';
}
