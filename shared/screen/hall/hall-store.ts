import { defineStore } from 'pinia';
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import type { Catalogue, Counter, PriorityClass, Service, Unit, Zone } from '#domain/catalogue/schema.ts';
import type { RefusalCode } from '#protocol/errors.ts';
import type { DeviceFeedEntries } from '#protocol/device-feed.ts';
import type { FeedEntries, FeedName } from '#protocol/feeds.ts';
import { fetchJson, machineNow, openSocket, newId } from './adapters/browser.ts';
import { createScreenClock } from '../clock.ts';
import { createHallLink, type LinkState } from './hall-link.ts';

/** The clock of a page that hears a hall: the machine's, set right by the heartbeats. For `createScreenApp`. */
export const hallClock = createScreenClock(() => useHall().link.offsetMs);

/** The catalogue as pages need it: without the matters, with look-ups. */
export interface ScreenCatalogue {
  readonly version: number;
  readonly catalogue: Omit<Catalogue, 'matters'>;
  readonly zonesById: ReadonlyMap<string, Zone>;
  readonly unitsById: ReadonlyMap<string, Unit>;
  readonly servicesById: ReadonlyMap<string, Service>;
  readonly countersById: ReadonlyMap<string, Counter>;
  readonly classesById: ReadonlyMap<string, PriorityClass>;
}

export interface ScreenFeeds extends FeedEntries {
  device: DeviceFeedEntries;
}

const byId = <T extends { readonly id: string }>(rows: readonly T[]): ReadonlyMap<string, T> =>
  new Map(rows.map((row) => [row.id, row]));

const CATALOGUE_RETRY_MS = 1_000;

/** The hall as this page knows it: its connection, its catalogue, and the feeds that the page listens to. */
export const useHall = defineStore('hall', () => {
  const link = ref<LinkState>({ connected: false, stale: false, offsetMs: 0, refused: undefined });
  const catalogue = shallowRef<ScreenCatalogue>();
  const hallLink = createHallLink({
    socket: openSocket(),
    newId,
    now: machineNow,
    onState: (state) => {
      link.value = state;
    },
  });

  let wanted = 0;
  /** Loads a catalogue version and keeps trying: without it a screen knows ids but no names. */
  const loadCatalogue = async (version: number): Promise<void> => {
    wanted = version;
    while (wanted === version && catalogue.value?.version !== version) {
      try {
        const body = (await fetchJson(`/api/v1/catalogue/${version}`)) as Omit<Catalogue, 'matters'>;
        if (wanted === version) catalogue.value = indexed(version, body);
      } catch {
        await new Promise((resolve) => setTimeout(resolve, CATALOGUE_RETRY_MS));
      }
    }
  };

  /** For a page that hears no feed yet: the catalogue in force, if it can be had. */
  const loadCurrentCatalogue = async (): Promise<void> => {
    const body = (await fetchJson('/api/v1/catalogue/current').catch(() => undefined)) as
      { readonly version: number } | undefined;
    if (body !== undefined && body.version > 0 && wanted === 0) await loadCatalogue(body.version);
  };

  const entriesOf = <Name extends keyof ScreenFeeds>(feed: Name, key: string) => {
    const entries = shallowRef<Partial<ScreenFeeds[Name]>>({});
    const refused = ref<RefusalCode>();
    const stop = hallLink.subscribe(
      feed,
      key,
      (changed) => {
        refused.value = undefined;
        entries.value = changed as Partial<ScreenFeeds[Name]>;
        const day = changed['day'] as FeedEntries['zone']['day'] | undefined;
        if (day && day.catalogueVersion > 0 && day.catalogueVersion !== wanted)
          void loadCatalogue(day.catalogueVersion);
      },
      (code) => {
        refused.value = code;
      },
    );
    return { entries, refused, stop };
  };

  return {
    link,
    catalogue,
    command: hallLink.command,
    query: hallLink.query,
    report: hallLink.report,
    setSession: hallLink.setSession,
    newKey: newId,
    entriesOf,
    loadCatalogue,
    loadCurrentCatalogue,
  };
});

function indexed(version: number, catalogue: Omit<Catalogue, 'matters'>): ScreenCatalogue {
  return {
    version,
    catalogue,
    zonesById: byId(catalogue.zones),
    unitsById: byId(catalogue.units),
    servicesById: byId(catalogue.services),
    countersById: byId(catalogue.counters),
    classesById: byId(catalogue.priorityClasses),
  };
}

export interface Feed<Name extends keyof ScreenFeeds> {
  /** What the feed says; empty until the first message. Replaced, never changed in place. */
  readonly entries: ShallowRef<Partial<ScreenFeeds[Name]>>;
  /** Set when this screen may not hear the feed. */
  readonly refused: Ref<RefusalCode | undefined>;
}

/** A feed for as long as the component lives; `key` may change, or be undefined while nothing is chosen. */
export function useFeed<Name extends FeedName | 'device'>(
  feed: Name,
  key: () => string | undefined,
): Feed<Name> {
  const hall = useHall();
  const entries: Feed<Name>['entries'] = shallowRef({});
  const refused = ref<RefusalCode>();
  let stop = (): void => undefined;
  watch(
    key,
    (wanted) => {
      stop();
      entries.value = {};
      refused.value = undefined;
      if (wanted === undefined) return;
      const subscription = hall.entriesOf(feed, wanted);
      const unwatch = watch(
        [subscription.entries, subscription.refused],
        () => {
          entries.value = subscription.entries.value as Partial<ScreenFeeds[Name]>;
          refused.value = subscription.refused.value;
        },
        { flush: 'sync', immediate: true },
      );
      stop = () => {
        unwatch();
        subscription.stop();
      };
    },
    { immediate: true, flush: 'sync' },
  );
  onScopeDispose(() => stop());
  return { entries, refused };
}
