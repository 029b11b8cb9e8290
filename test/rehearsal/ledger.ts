import type { ZoneTally } from '#domain/hall/state.ts';

/** An accepted command, as its sender saw it. */
export interface Fact {
  readonly name: string;
  /** Of the log, from the answer: the order in which things happened, whichever answer came first. */
  readonly revision: number;
  readonly ticketId?: string;
  readonly number?: string;
  readonly counterId?: string;
  readonly callId?: string;
}

/** The wait of a leg until its first call, as the caller's screen showed it. */
export interface Wait {
  readonly number: string;
  readonly serviceId: string;
  readonly waitedMs: number;
  readonly counterId: string;
  readonly calledAt: number;
}

/** A finished leg, as the look-up of its ticket shows it at the end of the day. */
export interface Handling {
  readonly serviceId: string;
  readonly startedAt: number;
  readonly endedAt: number;
}

const FIVE_MINUTES_MS = 5 * 60_000;
const TEN_MINUTES_MS = 10 * 60_000;

/** Reckons the board's figures anew, from nothing of the board's. Zones without any figure are left out. */
export function recount(
  waits: Iterable<Wait>,
  handlings: Iterable<Handling>,
  zoneOf: (serviceId: string) => string,
): ReadonlyMap<string, ZoneTally> {
  const zones = new Map<string, ZoneTally>();
  for (const { serviceId, waitedMs } of waits) {
    const tally = zoneTally(zones, zoneOf(serviceId));
    tally.called += 1;
    tally.waitSumMs += waitedMs;
    tally.waitWithin5 += waitedMs <= FIVE_MINUTES_MS ? 1 : 0;
    tally.waitWithin10 += waitedMs <= TEN_MINUTES_MS ? 1 : 0;
  }
  for (const { serviceId, startedAt, endedAt } of handlings) {
    const tally = zoneTally(zones, zoneOf(serviceId));
    const handledMs = endedAt - startedAt;
    tally.finished += 1;
    tally.handleSumMs += handledMs;
    tally.handleWithin5 += handledMs <= FIVE_MINUTES_MS ? 1 : 0;
    tally.handleWithin10 += handledMs <= TEN_MINUTES_MS ? 1 : 0;
  }
  return zones;
}

function zoneTally(zones: Map<string, ZoneTally>, zoneId: string): ZoneTally {
  let tally = zones.get(zoneId);
  if (!tally) {
    tally = {
      called: 0,
      waitSumMs: 0,
      waitWithin5: 0,
      waitWithin10: 0,
      finished: 0,
      handleSumMs: 0,
      handleWithin5: 0,
      handleWithin10: 0,
    };
    zones.set(zoneId, tally);
  }
  return tally;
}

/** Every figure in which the board and the recount differ. */
export function differences(
  board: ReadonlyMap<string, ZoneTally>,
  counted: ReadonlyMap<string, ZoneTally>,
): readonly string[] {
  const nothing = zoneTally(new Map(), '');
  return [...board].flatMap(([zoneId, figures]) =>
    (Object.keys(nothing) as (keyof ZoneTally)[])
      .filter((figure) => figures[figure] !== (counted.get(zoneId) ?? nothing)[figure])
      .map(
        (figure) =>
          `${zoneId}: the board says ${figure} ${figures[figure]}, the recount ${(counted.get(zoneId) ?? nothing)[figure]}`,
      ),
  );
}

/** Numbers or tickets that were given out twice. */
export function issuedTwice(facts: readonly Fact[]): readonly string[] {
  const taken = facts.filter(({ name }) => name === 'ticket.take');
  return (['number', 'ticketId'] as const).flatMap((field) => {
    const known = new Set<string | undefined>();
    return taken
      .filter((fact) => known.size === known.add(fact[field]).size)
      .map((fact) => `${field} ${fact[field]} was given out twice`);
  });
}

const begins = new Set(['ticket.callNext', 'ticket.callTicket', 'ticket.reopen']);
const ends = new Set([
  'ticket.finish',
  'ticket.hold',
  'ticket.transfer',
  'ticket.requeue',
  'ticket.markNoShow',
  'ticket.cancel',
]);

/** Tickets that were at two counters at once, and counters with two tickets at once, in the order of the log. */
export function calledTwice(facts: readonly Fact[]): readonly string[] {
  const counterOf = new Map<string, string>();
  const ticketAt = new Map<string, string>();
  const complaints: string[] = [];
  for (const { name, ticketId, counterId, revision } of [...facts].sort((a, b) => a.revision - b.revision)) {
    if (ticketId === undefined || counterId === undefined) continue;
    if (begins.has(name)) {
      const elsewhere = counterOf.get(ticketId);
      const other = ticketAt.get(counterId);
      if (elsewhere !== undefined)
        complaints.push(`${ticketId} called at ${counterId} while at ${elsewhere} (revision ${revision})`);
      if (other !== undefined)
        complaints.push(`${counterId} called ${ticketId} while ${other} was there (revision ${revision})`);
      counterOf.set(ticketId, counterId);
      ticketAt.set(counterId, ticketId);
    } else if (ends.has(name)) {
      counterOf.delete(ticketId);
      ticketAt.delete(counterId);
    }
  }
  return complaints;
}

/** Two accepted commands with one revision: answers that speak of the same event. */
export function sharedRevisions(facts: readonly Fact[]): readonly string[] {
  const known = new Set<number>();
  return facts
    .filter(({ revision }) => known.size === known.add(revision).size)
    .map(({ name, revision }) => `${name} was answered with revision ${revision}, which another command has`);
}

/** A call as a display first saw it. */
export interface Sighting {
  readonly callId: string;
  readonly order: number;
}

/** Calls that a display never saw, and those that it saw after a later one. */
export function displayFaults(
  name: string,
  made: readonly Fact[],
  seen: readonly Sighting[],
): readonly string[] {
  const sighted = new Set(seen.map(({ callId }) => callId));
  const missing = made
    .filter(({ callId }) => callId !== undefined && !sighted.has(callId))
    .map(({ ticketId, counterId }) => `display ${name} never saw the call of ${ticketId} at ${counterId}`);
  const late = seen
    .filter(({ order }, index) => order <= (seen[index - 1]?.order ?? -1))
    .map(({ callId }) => `display ${name} saw call ${callId} out of order`);
  return [...missing, ...late];
}
