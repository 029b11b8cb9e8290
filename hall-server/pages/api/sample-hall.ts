import { indexCatalogue, type CatalogueIndex } from '#domain/catalogue/index.ts';
import { ORDINARY, type Catalogue } from '#domain/catalogue/schema.ts';
import type { Command } from '#domain/commands/schemas.ts';
import { decide } from '#domain/decide/index.ts';
import { currentVersion } from '#domain/events/upcast.ts';
import type { By } from '#domain/events/schemas.ts';
import { applyEvent } from '#domain/hall/apply.ts';
import { createHall, type Hall } from '#domain/hall/state.ts';
import { midnightOf } from '#domain/time.ts';
import { feeds, type FeedName } from '#protocol/feeds.ts';

const text = (name: string) => ({ zh: name, en: name });
/** A Monday. */
const DATE = '2026-11-23';
const TIME_ZONE = 'Asia/Shanghai';
const OPEN = [{ from: '08:00', to: '18:00' }];
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The smallest hall there can be: one of everything, named after what it is. */
const catalogue: Catalogue = {
  hall: {
    id: 'hall',
    name: text('hall'),
    timeZone: TIME_ZONE,
    hotline: '12345',
    openingDays: [{ weekday: 1, spans: OPEN }],
  },
  rules: {
    maxRecalls: 3,
    noShowAfterMs: 60_000,
    noShowBlockMs: 60_000,
    returnBehind: 3,
    preferenceYieldsAfterMs: 60_000,
    reopenWithinMs: 60_000,
    rollOverAt: '03:00',
  },
  zones: [{ id: 'zone-id', name: text('zone'), floor: '1F', sort: 1 }],
  units: [{ id: 'unit-id', name: text('unit'), zoneId: 'zone-id' }],
  series: [{ id: 'series-id', prefix: 'A', digits: 3 }],
  services: [
    {
      id: 'service-id',
      name: text('service'),
      unitId: 'unit-id',
      zoneId: 'zone-id',
      seriesId: 'series-id',
      demand: 1,
      bring: [],
      quotas: [{ limit: 200 }],
      hours: [],
    },
  ],
  matters: [],
  counters: [
    {
      id: 'counter-id',
      label: 'A01',
      zoneId: 'zone-id',
      unitId: 'unit-id',
      skills: [{ serviceId: 'service-id', preference: 1 }],
    },
  ],
  priorityClasses: [{ id: ORDINARY, name: text(ORDINARY), rank: 9, maxOvertakes: 0, selfService: true }],
};

const take: Command = {
  name: 'ticket.take',
  payload: {
    serviceId: 'service-id',
    classId: ORDINARY,
    language: 'zh',
    visitKey: 'visit-key'.padEnd(24, '-'),
  },
};
const opening: readonly Command[] = [
  { name: 'catalogue.publish', payload: { version: 1 } },
  { name: 'day.open', payload: { businessDate: DATE } },
  { name: 'counter.open', payload: { counterId: 'counter-id' } },
];

/** A day in which three people have come and one is called: no entry is without anything to say. */
function playDay(index: CatalogueIndex): { readonly hall: Hall; readonly nowMs: number } {
  const hall = createHall(() => index);
  const by: By = { device: 'device-id', via: 'socket', clerk: 'clerk-id' };
  let now = midnightOf(DATE, TIME_ZONE) + 9 * HOUR_MS;
  let ids = 0;
  const newId = (): string => `id-${(ids += 1)}`;
  const send = (command: Command): void => {
    const decision = decide(hall, command, { now, newId, by, role: 'clerk' });
    if (!decision.ok) throw new Error(`${command.name}: ${decision.code}`);
    for (const event of decision.events) {
      const at = { revision: hall.revision + 1, v: currentVersion(event.type), at: now };
      applyEvent(hall, { ...event, ...at, by, commandId: newId() });
    }
    now += MINUTE_MS;
  };
  for (const command of [...opening, take, take, take]) send(command);
  const seenRevision = hall.countersById.get('counter-id')?.revision ?? 0;
  send({ name: 'ticket.callNext', payload: { counterId: 'counter-id', seenRevision } });
  return { hall, nowMs: now };
}

export interface FeedSample {
  readonly name: FeedName;
  readonly who: readonly string[];
  readonly minIntervalMs: number;
  readonly keys: readonly string[];
  /** Entries of the last key, as the hall's own rules compute them. */
  readonly entries: Readonly<Record<string, unknown>>;
}

/** Every feed, with the keys and entries it has in the smallest hall there can be. Nothing of it is written by hand. */
export function feedSamples(): readonly FeedSample[] {
  const index = indexCatalogue(1, catalogue);
  const { hall, nowMs } = playDay(index);
  return (Object.keys(feeds) as FeedName[]).map((name) => {
    const { who, minIntervalMs, keys, entryKeys, entry } = feeds[name];
    const all = keys(index);
    const key = all.at(-1) ?? '';
    const entries = entryKeys(index, key).map((at): [string, unknown] => [
      at,
      entry(hall, index, key, at, nowMs),
    ]);
    return { name, who, minIntervalMs, keys: all, entries: Object.fromEntries(entries) };
  });
}
