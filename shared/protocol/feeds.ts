import type { CatalogueIndex } from '#domain/catalogue/index.ts';
import type { Role } from '#domain/decide/context.ts';
import type { HallEvent } from '#domain/events/schemas.ts';
import type { Hall } from '#domain/hall/state.ts';
import { zoneFiguresOf, type ZoneFigures } from '#domain/views/board.ts';
import {
  asideOf,
  callerCounterOf,
  queueOfCounter,
  servicesOf,
  type AsideView,
  type CallerCounterView,
  type QueueView,
} from '#domain/views/caller.ts';
import { signOf, type SignView } from '#domain/views/sign.ts';
import { dayViewOf, serviceViewOf, type DayView, type ServiceView } from '#domain/views/terminal.ts';

/** Entries of each feed, by key of the entry. A prefix before ':' is followed by an id of the catalogue. */
export interface FeedEntries {
  /** Key 'hall'. */
  terminal: { day: DayView } & { [service: `service:${string}`]: ServiceView };
  /** Key: a zone's id, or 'all'. */
  zone: { day: DayView } & { [counter: `counter:${string}`]: SignView };
  /** Key: a counter's id. */
  sign: { day: DayView; sign: SignView };
  /** Key: a counter's id. */
  counter: {
    day: DayView;
    counter: CallerCounterView;
    queue: QueueView;
    held: AsideView[];
    noShows: AsideView[];
  };
  /** Key 'hall'. */
  board: { day: DayView } & { [zone: `zone:${string}`]: ZoneFigures };
}
export type FeedName = keyof FeedEntries;

export interface FeedContract {
  readonly who: readonly Role[];
  /** At most one message in this time: screens need no more, and telling them is the first bottleneck. */
  readonly minIntervalMs: number;
  readonly keys: (catalogue: CatalogueIndex) => readonly string[];
  readonly entryKeys: (catalogue: CatalogueIndex, key: string) => readonly string[];
  readonly entry: (
    hall: Hall,
    catalogue: CatalogueIndex,
    key: string,
    entryKey: string,
    nowMs: number,
  ) => unknown;
}

export const ALL_ZONES = 'all';
export const HALL = 'hall';

const SCREEN_INTERVAL_MS = 25;
const BOARD_INTERVAL_MS = 1_000;

const idOf = (entryKey: string): string => entryKey.slice(entryKey.indexOf(':') + 1);
const counterIds = (catalogue: CatalogueIndex): string[] => catalogue.catalogue.counters.map(({ id }) => id);

export const feeds: { readonly [Name in FeedName]: FeedContract } = {
  terminal: {
    who: ['kiosk', 'reception', 'manager'],
    minIntervalMs: 250,
    keys: () => [HALL],
    entryKeys: ({ catalogue }) => ['day', ...catalogue.services.map(({ id }) => `service:${id}`)],
    entry: (hall, catalogue, _key, entryKey) =>
      entryKey === 'day' ? dayViewOf(hall) : serviceViewOf(hall, catalogue, idOf(entryKey)),
  },
  zone: {
    who: ['display', 'kiosk', 'reception', 'clerk', 'manager'],
    minIntervalMs: SCREEN_INTERVAL_MS,
    keys: ({ catalogue }) => [ALL_ZONES, ...catalogue.zones.map(({ id }) => id)],
    entryKeys: ({ catalogue }, key) => [
      'day',
      ...catalogue.counters
        .filter(({ zoneId }) => key === ALL_ZONES || zoneId === key)
        .map(({ id }) => `counter:${id}`),
    ],
    entry: (hall, _catalogue, _key, entryKey) =>
      entryKey === 'day' ? dayViewOf(hall) : signOf(hall, idOf(entryKey)),
  },
  sign: {
    who: ['display', 'clerk', 'manager'],
    minIntervalMs: SCREEN_INTERVAL_MS,
    keys: counterIds,
    entryKeys: () => ['day', 'sign'],
    entry: (hall, _catalogue, key, entryKey) => (entryKey === 'day' ? dayViewOf(hall) : signOf(hall, key)),
  },
  counter: {
    who: ['clerk', 'manager'],
    minIntervalMs: SCREEN_INTERVAL_MS,
    keys: counterIds,
    entryKeys: () => ['day', 'counter', 'queue', 'held', 'noShows'],
    entry: counterEntry,
  },
  board: {
    who: ['display', 'manager', 'reception'],
    minIntervalMs: BOARD_INTERVAL_MS,
    keys: () => [HALL],
    entryKeys: ({ catalogue }) => ['day', ...catalogue.zones.map(({ id }) => `zone:${id}`)],
    entry: (hall, catalogue, _key, entryKey) =>
      entryKey === 'day' ? dayViewOf(hall) : zoneFiguresOf(hall, catalogue, idOf(entryKey)),
  },
};

function counterEntry(
  hall: Hall,
  catalogue: CatalogueIndex,
  key: string,
  entryKey: string,
  nowMs: number,
): unknown {
  switch (entryKey) {
    case 'day':
      return dayViewOf(hall);
    case 'counter':
      return callerCounterOf(hall, key);
    case 'queue':
      return queueOfCounter(hall, catalogue, key, nowMs);
    case 'held':
      return asideOf(hall.current, catalogue, key, 'held');
    default:
      return asideOf(hall.current, catalogue, key, 'noShows');
  }
}

/** Which entry of which feed may read differently after an event. */
export type Touch = (feed: FeedName, key: string, entryKey: string) => void;

/**
 * Names every entry that an event may have changed. Returns false when the event changes everything (a date, a
 * catalogue): then each subscriber gets the whole.
 */
export function touchEntries(catalogue: CatalogueIndex, event: HallEvent, touch: Touch): boolean {
  switch (event.type) {
    case 'catalogue.published':
    case 'day.opened':
    case 'day.closed':
    case 'day.rolledOver':
      return false;
    case 'ticket.taken':
      touchService(catalogue, event.body.serviceId, touch);
      return true;
    case 'ticket.resumed':
    case 'ticket.reinstated':
      touchService(catalogue, event.body.serviceId, touch);
      touchAside(catalogue, event.body.serviceId, touch);
      return true;
    case 'ticket.recalled':
    case 'call.shown':
    case 'ticket.servingStarted':
      touchCounter(catalogue, event.body.counterId, touch);
      return true;
    case 'ticket.transferred':
      touchCounter(catalogue, event.body.counterId, touch);
      touchService(catalogue, event.body.toServiceId, touch);
      return true;
    case 'counter.opened':
    case 'counter.paused':
    case 'counter.resumed':
    case 'counter.closed':
      touchCounter(catalogue, event.body.counterId, touch);
      for (const serviceId of servicesOf(catalogue, event.body.counterId)) {
        touch('terminal', HALL, `service:${serviceId}`);
        // Tickets kept for this counter are offered elsewhere once it is closed.
        touchQueues(catalogue, serviceId, touch);
      }
      return true;
    case 'ticket.finished':
    case 'ticket.reopened':
      touchCounter(catalogue, event.body.counterId, touch);
      touchBoard(catalogue, event.body.serviceId, touch);
      return true;
    case 'ticket.called':
      touchCounter(catalogue, event.body.counterId, touch);
      touchService(catalogue, event.body.serviceId, touch);
      // Whoever was overtaken once more may now be the next elsewhere.
      for (const serviceId of event.body.overtook) touchQueues(catalogue, serviceId, touch);
      // Only by hand is anybody called who was set aside.
      if (event.body.why.rule === 'by-hand') touchAside(catalogue, event.body.serviceId, touch);
      return true;
    case 'ticket.held':
    case 'ticket.requeued':
    case 'ticket.noShowMarked':
    case 'ticket.cancelled':
      if (event.body.counterId !== undefined) touchCounter(catalogue, event.body.counterId, touch);
      touchService(catalogue, event.body.serviceId, touch);
      touchAside(catalogue, event.body.serviceId, touch);
      return true;
  }
}

function touchCounter(catalogue: CatalogueIndex, counterId: string, touch: Touch): void {
  const zoneId = catalogue.countersById.get(counterId)?.zoneId;
  if (zoneId === undefined) return;
  touch('zone', zoneId, `counter:${counterId}`);
  touch('zone', ALL_ZONES, `counter:${counterId}`);
  touch('sign', counterId, 'sign');
  touch('counter', counterId, 'counter');
  touch('board', HALL, `zone:${zoneId}`);
}

function touchService(catalogue: CatalogueIndex, serviceId: string, touch: Touch): void {
  touch('terminal', HALL, `service:${serviceId}`);
  touchBoard(catalogue, serviceId, touch);
  touchQueues(catalogue, serviceId, touch);
}

function touchAside(catalogue: CatalogueIndex, serviceId: string, touch: Touch): void {
  for (const { id } of catalogue.countersByService.get(serviceId) ?? []) {
    touch('counter', id, 'held');
    touch('counter', id, 'noShows');
  }
}

function touchQueues(catalogue: CatalogueIndex, serviceId: string, touch: Touch): void {
  for (const { id } of catalogue.countersByService.get(serviceId) ?? []) touch('counter', id, 'queue');
}

function touchBoard(catalogue: CatalogueIndex, serviceId: string, touch: Touch): void {
  const zoneId = catalogue.servicesById.get(serviceId)?.zoneId;
  if (zoneId !== undefined) touch('board', HALL, `zone:${zoneId}`);
}
