import type { Rules } from '#domain/catalogue/schema.ts';
import type { CallerCounterView, QueueView } from '#domain/views/caller.ts';

/** Everything that a clerk can do at the counter. `next` while serving is finish-and-next. */
export const deskActions = [
  'next',
  'start',
  'recall',
  'noShow',
  'finish',
  'hold',
  'transfer',
  'requeue',
  'reopen',
  'callNumber',
  'pause',
  'resume',
  'leave',
  'open',
] as const;
export type DeskAction = (typeof deskActions)[number];

/** The one word that decides what is offered. `taken`: another clerk has this counter now. */
export type DeskStatus = 'closed' | 'taken' | 'paused' | 'idle' | 'called' | 'serving';

/** Why an action is not offered; each has its sentence in the locales. */
export type WhyNot =
  | 'closed'
  | 'paused'
  | 'not-paused'
  | 'nobody-waiting'
  | 'nobody-yet'
  | 'nobody-called'
  | 'already-called'
  | 'already-serving'
  | 'start-first'
  | 'busy-counter'
  | 'recalls-used'
  | 'too-early'
  | 'nothing-finished';

export type Offer =
  | { readonly ready: true; readonly left?: number; readonly untilMs?: number }
  | { readonly ready: false; readonly why: WhyNot; readonly inMs?: number };
export type Offers = Readonly<Record<DeskAction, Offer>>;

/** The last ticket that this clerk finished here: it may still be taken back. */
export interface Finished {
  readonly ticketId: string;
  readonly number: string;
  /** Epoch ms. */
  readonly at: number;
}

export interface DeskView {
  readonly clerkId: string;
  readonly counter: CallerCounterView;
  readonly queue: QueueView | undefined;
  readonly lastFinished: Finished | undefined;
}

export function deskStatusOf({ counter, clerkId }: Pick<DeskView, 'counter' | 'clerkId'>): DeskStatus {
  if (counter.status === 'closed') return 'closed';
  if (counter.clerkId !== undefined && counter.clerkId !== clerkId) return 'taken';
  if (counter.active) return counter.active.status;
  return counter.status === 'paused' ? 'paused' : 'idle';
}

type DeskRules = Pick<Rules, 'maxRecalls' | 'noShowAfterMs' | 'reopenWithinMs'>;

const ready: Offer = { ready: true };
const not = (why: WhyNot): Offer => ({ ready: false, why });

function everything(why: WhyNot, but: Partial<Offers>): Offers {
  const offers = Object.fromEntries(deskActions.map((action) => [action, not(why)])) as Record<
    DeskAction,
    Offer
  >;
  return { ...offers, open: not('not-paused'), resume: not('not-paused'), ...but };
}

/** What the clerk may do now, and for everything else why not. `nowMs` is the hall's clock. */
export function actionsFor(view: DeskView, rules: DeskRules, nowMs: number): Offers {
  const status = deskStatusOf(view);
  switch (status) {
    case 'closed':
      return everything('closed', { open: ready, leave: ready });
    case 'taken':
      return everything('closed', { leave: ready });
    case 'paused':
      return everything('paused', { resume: ready, leave: ready });
    case 'idle':
      return everything('nobody-called', {
        next: nextOffer(view, nowMs),
        callNumber: ready,
        reopen: reopenOffer(view, rules, nowMs),
        pause: ready,
        leave: ready,
      });
    case 'called':
      return everything('busy-counter', {
        next: not('already-called'),
        start: ready,
        recall: recallOffer(view, rules),
        noShow: noShowOffer(view, rules, nowMs),
        finish: not('start-first'),
        hold: not('start-first'),
        transfer: ready,
        requeue: ready,
      });
    case 'serving':
      return everything('busy-counter', {
        next: nextOffer(view, nowMs),
        start: not('already-serving'),
        recall: not('already-serving'),
        noShow: not('already-serving'),
        finish: ready,
        hold: ready,
        transfer: ready,
        requeue: ready,
      });
  }
}

/**
 * The feed says who is next as of the last event of the queue; somebody whose blocked time has run out since is found here, so that
 * the button does not wait for the next event.
 */
function nextOffer({ queue, counter }: DeskView, nowMs: number): Offer {
  if (!queue || queue.total === 0) return not('nobody-waiting');
  const isCallable = queue.first.some(
    ({ notBefore, onlyCounterId }) =>
      (notBefore === undefined || notBefore <= nowMs) &&
      (onlyCounterId === undefined || onlyCounterId === counter.counterId),
  );
  const isUnlisted = queue.total > queue.first.length;
  return queue.nextTicketId !== undefined || isCallable || isUnlisted ? ready : not('nobody-yet');
}

function recallOffer({ counter }: DeskView, { maxRecalls }: DeskRules): Offer {
  const left = 1 + maxRecalls - (counter.active?.times ?? 0);
  return left > 0 ? { ready: true, left } : not('recalls-used');
}

function noShowOffer({ counter }: DeskView, { noShowAfterMs }: DeskRules, nowMs: number): Offer {
  const inMs = (counter.active?.lastCalledAt ?? 0) + noShowAfterMs - nowMs;
  // A call that is younger than the last tick of this clock must not count down from more than the rule says.
  return inMs > 0 ? { ready: false, why: 'too-early', inMs: Math.min(inMs, noShowAfterMs) } : ready;
}

function reopenOffer({ lastFinished }: DeskView, { reopenWithinMs }: DeskRules, nowMs: number): Offer {
  const untilMs = (lastFinished?.at ?? -Infinity) + reopenWithinMs - nowMs;
  return untilMs > 0 ? { ready: true, untilMs } : not('nothing-finished');
}
