import { nextStep, type Desk, type Duty, type Memory, type Step } from './clerk.ts';
import type { Day } from './day.ts';
import type { Post } from './rota.ts';
import type { Terminal } from './terminal.ts';

export interface ClerkDeps {
  readonly day: Day;
  readonly terminal: Terminal;
  readonly post: Post;
  readonly breathMs: number;
  readonly reactionMs: number;
  /** A ticket whose holder will turn up at reception. */
  readonly onAside: (ticketId: string, name: 'ticket.reinstate' | 'ticket.resume', at: number) => void;
}

type Sent = Extract<Step, { kind: 'send' }>;

/** After a refusal a person looks at the screen before pressing again. */
const LOOK = { hallMs: 3_000, realMs: 100 };
/** Whoever missed the call and would come back later than this before closing stays away. */
const NO_RETURN_MS = 10 * 60_000;
const LONGEST_WAIT_MS = 5_000;

/** A clerk's day at one counter, from before the opening until the last one is served. */
export async function workAt(deps: ClerkDeps): Promise<void> {
  const { day, terminal } = deps;
  const duty = dutyOf(deps);
  let memory: Memory = { freeSince: day.clock.now() };
  while (!day.isOver()) {
    const desk = deskOf(terminal);
    if (!desk) throw new Error(`counter ${duty.counterId} has no screen`);
    const now = day.clock.now();
    const step = nextStep({ now, desk, duty, memory, visitOf: day.visits.of });
    if (step.kind === 'home') return;
    if (step.kind === 'wait') {
      await terminal.changed(Math.min(LONGEST_WAIT_MS, day.clock.realUntil(step.until)));
    } else {
      const result = await send(deps, step, desk);
      if (result === 'taken') return;
      if (result === 'done') memory = remember(deps, step, memory);
    }
  }
}

function dutyOf({ day, post, breathMs, reactionMs }: ClerkDeps): Duty {
  const { counterId, opensAt, breaks } = post;
  return {
    counterId,
    opensAt: day.at(opensAt),
    closesAt: day.closesAt,
    breaks: breaks.map(({ from, to, reason }) => ({ from: day.at(from), to: day.at(to), reason })),
    breathMs,
    reactionMs,
    noShowAfterMs: day.catalogue.catalogue.rules.noShowAfterMs,
  };
}

function deskOf(terminal: Terminal): Desk | undefined {
  const { counter, queue, held, noShows } = terminal.entries('counter');
  return counter && queue && held && noShows ? { counter, queue, held, noShows } : undefined;
}

async function send(
  { day, terminal }: ClerkDeps,
  { name, payload }: Sent,
  desk: Desk,
): Promise<'done' | 'refused' | 'taken'> {
  const answer = await terminal.command(name, payload);
  if (!answer.ok) {
    if (answer.code === 'counter-occupied') return 'taken';
    await day.sleep(Math.max(LOOK.realMs, LOOK.hallMs / day.clock.speed()));
    return 'refused';
  }
  // A call names its ticket in the answer; everything else is about the one on the screen.
  const said = answer.answer as {
    readonly ticketId?: string;
    readonly number?: string;
    readonly callId?: string;
  };
  const ticketId = said.ticketId ?? ('ticketId' in payload ? payload.ticketId : undefined);
  const number = said.number ?? desk.counter.active?.number;
  day.records.facts.push({
    name,
    revision: answer.revision,
    ...('counterId' in payload ? { counterId: payload.counterId } : {}),
    ...(ticketId === undefined ? {} : { ticketId }),
    ...(said.callId === undefined ? {} : { callId: said.callId }),
  });
  if (ticketId !== undefined && number !== undefined && said.ticketId !== undefined)
    day.records.numbersByTicket.set(ticketId, number);
  await terminal.caughtUp(answer.revision);
  noteWait(day, terminal);
  return 'done';
}

/** The wait of a leg is read off the screen when its first call stands there. */
function noteWait({ records }: Day, terminal: Terminal): void {
  const active = terminal.entries('counter').counter?.active;
  const key = `${active?.ticketId} ${active?.leg}`;
  if (!active || records.waits.has(key)) return;
  const { number, serviceId, waitedMs, lastCalledAt } = active;
  const counterId = terminal.entries('counter').counter?.counterId ?? '';
  records.waits.set(key, { number, serviceId, waitedMs, counterId, calledAt: lastCalledAt });
}

/** What a step that was done means for the clerk and for the visitor. */
function remember({ day, onAside }: ClerkDeps, { name, payload }: Sent, memory: Memory): Memory {
  const now = day.clock.now();
  const ticketId = 'ticketId' in payload ? payload.ticketId : '';
  const { visitor } = day.visits.of(ticketId);
  switch (name) {
    case 'ticket.finish':
      return { freeSince: now, finished: { ticketId, at: now } };
    case 'ticket.reopen':
      day.visits.note(ticketId, { reopenedAt: now });
      return { freeSince: now };
    case 'ticket.transfer':
    case 'ticket.requeue':
      day.visits.note(ticketId, { endingPlayed: true });
      return { freeSince: now };
    case 'ticket.hold': {
      const { ending } = visitor;
      const at = now + (ending.kind === 'hold' ? ending.backAfterMs : 0);
      const to = 'kind' in payload && payload.kind === 'outside' ? 'reception' : 'counter';
      day.visits.note(ticketId, { endingPlayed: true, back: { at, to } });
      if (to === 'reception') onAside(ticketId, 'ticket.resume', at);
      return { freeSince: now };
    }
    case 'ticket.markNoShow': {
      const { comesBack = 'never', backAfterMs = 0 } = visitor.absence ?? {};
      const at = now + backAfterMs;
      const isInTime = comesBack !== 'never' && at < day.closesAt - NO_RETURN_MS;
      day.visits.note(ticketId, isInTime ? { missed: true, back: { at, to: comesBack } } : { missed: true });
      if (isInTime && comesBack === 'reception') onAside(ticketId, 'ticket.reinstate', at);
      return { freeSince: now };
    }
    case 'counter.open':
    case 'counter.resume':
      return { freeSince: now };
    case 'ticket.callNext':
    case 'ticket.callTicket':
    case 'ticket.recall':
    case 'ticket.startServing':
    case 'ticket.resume':
    case 'counter.pause':
    case 'counter.close':
      return { freeSince: memory.freeSince };
  }
}
