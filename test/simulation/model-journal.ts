import type { HallEvent } from '#domain/events/schemas.ts';
import { readEvent } from '#domain/events/upcast.ts';
import { CHAIN_START, chainHash } from '#hall-server/journal/chain.ts';
import { JournalConflict, type Batch, type Journal, type StoredAnswer } from '#hall-server/journal/port.ts';

/** What survives a crash: the rows of the log and what is kept beside them. */
export interface ModelDisk {
  readonly logId: string;
  readonly rows: { readonly text: string; readonly hash: string }[];
  readonly answers: Map<string, StoredAnswer>;
  readonly visits: Map<string, string>;
  /** Dates and numbers in use. */
  readonly numbers: Set<string>;
  /** Tickets in an active call, with their counters. */
  counterByTicket: ReadonlyMap<string, string>;
}

type Projection = Pick<ModelDisk, 'numbers' | 'counterByTicket'>;

export function createModelDisk(logId: string): ModelDisk {
  return {
    logId,
    rows: [],
    answers: new Map(),
    visits: new Map(),
    numbers: new Set(),
    counterByTicket: new Map(),
  };
}

/**
 * What befalls an append. `lost-answer` is the ambiguous one: everything was written, and the writer hears an error. After
 * a crash nothing of this journal ever resolves: its process is gone.
 */
export type Fault = 'none' | 'disk-full' | 'fails-before' | 'lost-answer' | 'crash-before' | 'crash-after';

export interface ModelJournalDeps {
  readonly disk: ModelDisk;
  readonly nextFault?: () => Fault;
  /** Whether reading fails as well: a disk that is gone for a while. */
  readonly isGone?: () => boolean;
  /** Resolves when the simulated disk has synced. */
  readonly sync?: () => Promise<void>;
  readonly onCrash?: () => void;
}

export interface ModelJournal extends Journal {
  /** As if the power of this process failed now. */
  crash(): void;
}

const forever = new Promise<never>(() => undefined);

/** The journal's port in memory, with faults to order. It keeps the same rules as the one on the disk, by other means. */
export function createModelJournal({
  disk,
  nextFault = () => 'none',
  isGone = () => false,
  sync = async () => undefined,
  onCrash = () => undefined,
}: ModelJournalDeps): ModelJournal {
  let crashed = false;
  let head = headOf(disk);

  const crash = (): Promise<never> => {
    if (!crashed) {
      crashed = true;
      onCrash();
    }
    return forever;
  };

  const write = (expectedRevision: number, batch: Batch): void => {
    const stored = headOf(disk);
    if (stored.revision !== expectedRevision || stored.hash !== head.hash) {
      head = stored;
      throw new JournalConflict(`the log stands at ${stored.revision}, not at ${expectedRevision}`);
    }
    const rows = rowsOf(batch, stored);
    for (const { commandId } of batch.answers) {
      if (disk.answers.has(commandId)) throw new Error(`command ${commandId} has an answer`);
    }
    const { numbers, counterByTicket } = checkUniqueness(disk, batch.events);
    for (const number of numbers) disk.numbers.add(number);
    disk.counterByTicket = counterByTicket;
    disk.rows.push(...rows);
    for (const answer of batch.answers) disk.answers.set(answer.commandId, answer);
    for (const { ticketId, visitKey } of batch.visits) disk.visits.set(ticketId, visitKey);
    head = headOf(disk);
  };

  const read = async <T>(look: () => T): Promise<T> => {
    if (crashed) return forever;
    if (isGone()) throw new Error('the disk does not answer');
    return look();
  };

  return {
    head: () => ({ logId: disk.logId, ...head }),
    append: async (expectedRevision, batch) => {
      if (crashed) return forever;
      await sync();
      if (crashed) return forever;
      const fault = isGone() ? 'fails-before' : nextFault();
      if (fault === 'crash-before') return crash();
      if (fault === 'disk-full' || fault === 'fails-before') throw new Error(`append: ${fault}`);
      write(expectedRevision, batch);
      if (fault === 'crash-after') return crash();
      if (fault === 'lost-answer') throw new Error('append: no answer came');
    },
    read: (afterRevision, limit) =>
      read(() =>
        disk.rows.slice(afterRevision, afterRevision + limit).map(({ text }) => readEvent(JSON.parse(text))),
      ),
    dayMarks: () =>
      read(() =>
        disk.rows
          .map(({ text }) => readEvent(JSON.parse(text)))
          .filter((event) => event.type === 'day.opened' || event.type === 'day.rolledOver')
          .slice(-30),
      ),
    findAnswers: (commandIds) =>
      read(() => {
        const found = commandIds.map((id) => disk.answers.get(id)).filter((answer) => answer !== undefined);
        return new Map(found.map((answer) => [answer.commandId, answer]));
      }),
    hashAt: (revision) => read(() => (revision === 0 ? CHAIN_START : disk.rows[revision - 1]?.hash)),
    close: async () => undefined,
    crash: () => void crash(),
  };
}

function headOf({ rows }: ModelDisk): { readonly revision: number; readonly hash: string } {
  return { revision: rows.length, hash: rows.at(-1)?.hash ?? CHAIN_START };
}

function rowsOf(
  { events }: Batch,
  { revision, hash }: { revision: number; hash: string },
): ModelDisk['rows'] {
  let previous = hash;
  return events.map((event, index) => {
    if (event.revision !== revision + 1 + index)
      throw new JournalConflict(`revision ${event.revision} does not follow`);
    const text = JSON.stringify(event);
    previous = chainHash(previous, text);
    return { text, hash: previous };
  });
}

/** The second line of defence: a number once a date, a ticket in one active call, a counter in one. Throws, or gives what to keep. */
function checkUniqueness({ numbers, counterByTicket }: ModelDisk, events: readonly HallEvent[]): Projection {
  const fresh = new Set<string>();
  const active = new Map(counterByTicket);
  const take = (ticketId: string, counterId: string): void => {
    if (active.has(ticketId)) throw new Error(`${ticketId} is in a call`);
    for (const at of active.values()) if (at === counterId) throw new Error(`${counterId} is in a call`);
    active.set(ticketId, counterId);
  };
  for (const event of events) {
    switch (event.type) {
      case 'ticket.taken': {
        const number = `${event.date} ${event.body.number}`;
        if (numbers.has(number) || fresh.has(number)) throw new Error(`number ${number} is in use`);
        fresh.add(number);
        break;
      }
      case 'ticket.called':
      case 'ticket.reopened':
        take(event.body.ticketId, event.body.counterId);
        break;
      case 'ticket.finished':
      case 'ticket.held':
      case 'ticket.transferred':
      case 'ticket.requeued':
      case 'ticket.noShowMarked':
      case 'ticket.cancelled':
        active.delete(event.body.ticketId);
        break;
      case 'day.closed':
      case 'day.rolledOver':
        active.clear();
        break;
      default:
        break;
    }
  }
  return { numbers: fresh, counterByTicket: active };
}
