import type { SignView } from '#domain/views/sign.ts';
import type { FeedMessage } from '#protocol/wire.ts';
import type { Sighting } from './ledger.ts';
import type { Terminal } from './terminal.ts';

export interface Display {
  /** The zone that it shows, or 'all'. */
  readonly zoneId: string;
  readonly sightings: readonly Sighting[];
  /** Takes a message of its feed in, and says which calls it has painted. */
  show(message: FeedMessage, terminal: Pick<Terminal, 'telemetry'>): void;
}

/** A display without a panel: it looks for calls that it has not shown yet, oldest first, and acknowledges each of them. */
export function createDisplay(zoneId: string): Display {
  const sightings: Sighting[] = [];
  const timesShown = new Map<string, number>();
  return {
    zoneId,
    sightings,
    show: ({ entries }, terminal) => {
      const calls = Object.entries(entries)
        .flatMap(([key, entry]) => (key.startsWith('counter:') ? ((entry as SignView).call ?? []) : []))
        .filter(({ callId, times }) => times > (timesShown.get(callId) ?? 0))
        .sort((a, b) => a.order - b.order);
      for (const { callId, ticketId, order, times } of calls) {
        if (!timesShown.has(callId)) sightings.push({ callId, order });
        timesShown.set(callId, times);
        terminal.telemetry({ kind: 'shown', ticketId, callId, times });
      }
    },
  };
}
