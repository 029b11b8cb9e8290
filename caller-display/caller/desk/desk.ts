import type { CommandPayload } from '#domain/commands/schemas.ts';
import type { CallReason, HoldKind, Outcome, PauseReason } from '#domain/hall/state.ts';
import type { CallerCounterView } from '#domain/views/caller.ts';
import type { CommandName } from '#protocol/commands.ts';
import type { RefusalCode } from '#protocol/errors.ts';
import type { CommandAnswer } from '#protocol/wire.ts';
import type { DeskAction, Finished } from './actions.ts';

/** What the clerk is told after an action. Codes are of the error catalogue, words of the locales. */
export type Notice =
  | {
      readonly kind: 'refused';
      readonly code: RefusalCode;
      readonly details?: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'said'; readonly what: Said; readonly number: string };
export type Said =
  | 'finished'
  | 'finishedNobodyWaiting'
  | 'reopened'
  | 'held'
  | 'transferred'
  | 'requeued'
  | 'noShow'
  | 'resumed'
  | 'reinstated';

export interface DeskDeps {
  readonly command: <Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
  ) => Promise<CommandAnswer<object>>;
  readonly counterId: () => string;
  /** The counter as the screen shows it; its revision is what the clerk has seen. */
  readonly counter: () => CallerCounterView | undefined;
  /** Resolves once the screen shows the counter at this revision, or after a while. */
  readonly caughtUp: (revision: number) => Promise<void>;
  readonly nowMs: () => number;
  readonly onPending: (action: DeskAction | undefined) => void;
  readonly onNotice: (notice: Notice | undefined) => void;
  readonly onFinished: (finished: Finished | undefined) => void;
  readonly onSessionExpired: () => void;
}

export type Desk = ReturnType<typeof createDesk>;

/**
 * The commands of one counter, one at a time: while one is under way every other press does nothing. The desk is free again only
 * when the screen shows what the answer speaks of; freed at the answer, the next press would carry a revision that is already old.
 */
export function createDesk(deps: DeskDeps) {
  let isBusy = false;

  async function perform(action: DeskAction, act: () => Promise<Notice | undefined>): Promise<boolean> {
    if (isBusy) return false;
    isBusy = true;
    deps.onPending(action);
    deps.onNotice(undefined);
    try {
      const notice = await act();
      deps.onNotice(notice);
      return notice?.kind !== 'refused';
    } finally {
      isBusy = false;
      deps.onPending(undefined);
    }
  }

  const refusedBy = (answer: CommandAnswer<object> & { ok: false }): Notice => {
    if (answer.code === 'session-expired') deps.onSessionExpired();
    return { kind: 'refused', code: answer.code, ...(answer.details ? { details: answer.details } : {}) };
  };

  /** Sends, waits until the screen has it, and says `done` (nothing, if the screen itself shows enough). */
  async function say(sent: Promise<CommandAnswer<object>>, done?: Notice): Promise<Notice | undefined> {
    const answer = await sent;
    if (!answer.ok) return refusedBy(answer);
    await deps.caughtUp(answer.revision);
    return done;
  }

  const seen = () => ({ counterId: deps.counterId(), seenRevision: deps.counter()?.revision ?? 0 });
  const onTicket = () => ({ ...seen(), ticketId: deps.counter()?.active?.ticketId ?? '' });
  const said = (what: Said, number = deps.counter()?.active?.number ?? ''): Notice => ({
    kind: 'said',
    what,
    number,
  });

  /** One ticket command: nothing is sent when nobody stands at the counter. */
  function onActive<Name extends CommandName>(
    action: DeskAction,
    name: Name,
    payload: () => CommandPayload<Name>,
    done?: Said,
  ): Promise<boolean> {
    if (!deps.counter()?.active) return Promise.resolve(false);
    const notice = done && said(done);
    return perform(action, () => say(deps.command(name, payload()), notice));
  }

  function noteFinished(): void {
    const active = deps.counter()?.active;
    if (active) deps.onFinished({ ticketId: active.ticketId, number: active.number, at: deps.nowMs() });
  }

  async function finishThenCall(): Promise<Notice | undefined> {
    const { counterId } = seen();
    const finishedNobody = said('finishedNobodyWaiting');
    const finished = await deps.command('ticket.finish', { ...onTicket(), outcome: 'done' });
    if (!finished.ok) return refusedBy(finished);
    noteFinished();
    const called = await deps.command('ticket.callNext', { counterId, seenRevision: finished.revision });
    await deps.caughtUp(called.ok ? called.revision : finished.revision);
    if (called.ok) return undefined;
    return called.code === 'nobody-waiting' ? finishedNobody : refusedBy(called);
  }

  const finish = (outcome: Outcome): Promise<boolean> => {
    if (!deps.counter()?.active) return Promise.resolve(false);
    const done = said('finished');
    return perform('finish', async () => {
      const answer = await deps.command('ticket.finish', { ...onTicket(), outcome });
      if (!answer.ok) return refusedBy(answer);
      noteFinished();
      await deps.caughtUp(answer.revision);
      return done;
    });
  };

  const reopen = ({ ticketId, number }: Finished): Promise<boolean> =>
    perform('reopen', async () => {
      const notice = await say(
        deps.command('ticket.reopen', { ...seen(), ticketId }),
        said('reopened', number),
      );
      if (notice?.kind === 'said') deps.onFinished(undefined);
      return notice;
    });

  const atCounter = (name: 'counter.open' | 'counter.resume' | 'counter.close', action: DeskAction) => () =>
    perform(action, () => say(deps.command(name, { counterId: deps.counterId() })));

  /** Back into the queue from being set aside: no event of the counter, so there is nothing for the screen to catch up with. */
  const putBack = (
    name: 'ticket.resume' | 'ticket.reinstate',
    what: Said,
    ticketId: string,
    number: string,
  ) =>
    perform('callNumber', async () => {
      const answer = await deps.command(name, { ticketId });
      return answer.ok ? said(what, number) : refusedBy(answer);
    });

  return {
    next: () =>
      perform('next', () =>
        deps.counter()?.active ? finishThenCall() : say(deps.command('ticket.callNext', seen())),
      ),
    start: () => onActive('start', 'ticket.startServing', onTicket),
    recall: () => onActive('recall', 'ticket.recall', onTicket),
    noShow: () => onActive('noShow', 'ticket.markNoShow', onTicket, 'noShow'),
    requeue: () => onActive('requeue', 'ticket.requeue', onTicket, 'requeued'),
    hold: (kind: HoldKind) => onActive('hold', 'ticket.hold', () => ({ ...onTicket(), kind }), 'held'),
    transfer: (toServiceId: string, toCounterId?: string) =>
      onActive(
        'transfer',
        'ticket.transfer',
        () => ({ ...onTicket(), toServiceId, ...(toCounterId === undefined ? {} : { toCounterId }) }),
        'transferred',
      ),
    finish,
    reopen,
    callNumber: (number: string, reason?: CallReason) =>
      perform('callNumber', () =>
        say(deps.command('ticket.callTicket', { ...seen(), number, ...(reason ? { reason } : {}) })),
      ),
    pause: (reason: PauseReason) =>
      perform('pause', () => say(deps.command('counter.pause', { counterId: deps.counterId(), reason }))),
    open: atCounter('counter.open', 'open'),
    resume: atCounter('counter.resume', 'resume'),
    close: atCounter('counter.close', 'leave'),
    resumeTicket: (ticketId: string, number: string) => putBack('ticket.resume', 'resumed', ticketId, number),
    reinstate: (ticketId: string, number: string) =>
      putBack('ticket.reinstate', 'reinstated', ticketId, number),
  };
}
