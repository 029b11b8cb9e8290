import { pino } from 'pino';
import type { CommandAnswers, CommandName, CommandPayload } from '#protocol/commands.ts';
import { applyFeedMessage, createFeedView, type FeedView } from '#protocol/feed-view.ts';
import type { FeedEntries, FeedName } from '#protocol/feeds.ts';
import type { QueryAnswers, QueryName, QueryPayload } from '#protocol/queries.ts';
import type { CommandAnswer, FeedMessage, Heartbeat, QueryReply, Telemetry } from '#protocol/wire.ts';
import { createHallLink } from '#terminal/hall-link/hall-link.ts';
import type { TerminalSystem } from '#terminal/system.ts';

export interface TerminalDeps {
  readonly hallUrl: string;
  readonly token: string;
  readonly system: TerminalSystem;
  readonly newId: () => string;
  readonly onHeartbeat: (heartbeat: Heartbeat) => void;
  /** From the first sending of a command to its answer, real ms. */
  readonly onAnswered: (name: CommandName, ms: number, answer: CommandAnswer<object>) => void;
  /** Each message that the terminal's copy of a feed has taken in. */
  readonly onMessage?: (message: FeedMessage) => void;
}

/** One device of the hall on a connection of its own, with its copies of the feeds that it watches. */
export interface Terminal {
  /** The session that goes with every message from now on. */
  signIn(login: string, password: string): Promise<void>;
  command<Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
  ): Promise<CommandAnswer<CommandAnswers[Name]>>;
  query<Name extends QueryName>(
    name: Name,
    payload: QueryPayload<Name>,
  ): Promise<QueryReply<QueryAnswers[Name]>>;
  /** Resolves when the snapshot is there. A terminal watches one feed. */
  watch(feed: FeedName, key: string): Promise<void>;
  entries<Name extends FeedName>(feed: Name): Partial<FeedEntries[Name]>;
  /** Resolves at the next change of the feed, or after so many real ms. */
  changed(withinMs: number): Promise<void>;
  /** Resolves once the feed tells of this revision. */
  caughtUp(revision: number): Promise<void>;
  telemetry(message: Telemetry): void;
  close(): void;
}

const RESEND_AFTER_MS = 500;
const SENDINGS = 20;
const CAUGHT_UP_WITHIN_MS = 5_000;
/** Longer than any day: setTimeout takes no more than this. */
const LONGEST_TIMER_MS = 2_000_000_000;

export async function createTerminal(deps: TerminalDeps): Promise<Terminal> {
  const { system } = deps;
  let session: string | undefined;
  let watching: { readonly feed: FeedName; readonly key: string } | undefined;
  let view: FeedView = createFeedView();
  let waiting: (() => void)[] = [];
  let whenOnline: (() => void) | undefined;

  const tell = (): void => {
    const listeners = waiting;
    waiting = [];
    for (const listener of listeners) listener();
  };
  const take = (message: FeedMessage): void => {
    if (message.feed !== watching?.feed || message.key !== watching.key) return;
    const result = applyFeedMessage(view, message);
    if (result === 'gap') return void join();
    if (result === 'applied') deps.onMessage?.(message);
    tell();
  };
  const join = (): Promise<void> =>
    new Promise((resolve, reject) => {
      if (!watching) return resolve();
      link.join({ ...watching, ...withSession() }, (answer) => {
        if (!answer.ok) return reject(new Error(`feed ${watching?.feed} ${watching?.key}: ${answer.code}`));
        view = createFeedView();
        take(answer.message);
        resolve();
      });
    });
  const withSession = () => (session === undefined ? {} : { session });

  const online = new Promise<void>((resolve) => (whenOnline = resolve));
  const link = createHallLink({
    hallUrl: deps.hallUrl,
    token: deps.token,
    system,
    log: pino({ level: 'silent' }),
    onState: (state) => {
      if (state.online) void join().then(whenOnline);
    },
    onFeed: take,
    onHeartbeat: deps.onHeartbeat,
  });
  await online;

  const afterMs = (ms: number): Promise<void> =>
    new Promise((resolve) => void system.timers.after(ms, resolve));
  const changed = (withinMs: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = system.timers.after(Math.min(withinMs, LONGEST_TIMER_MS), () => {
        waiting = waiting.filter((listener) => listener !== wake);
        resolve();
      });
      const wake = (): void => {
        cancel();
        resolve();
      };
      waiting.push(wake);
    });

  return {
    signIn: async (login, password) => {
      const reply = await link.query({ name: 'session.signIn', payload: { login, password } });
      if (!reply.ok) throw new Error(`${login} could not sign in: ${reply.code}`);
      session = (reply.answer as QueryAnswers['session.signIn']).token;
    },
    command: async (name, payload) => {
      const envelope = { name, commandId: deps.newId(), payload, ...withSession() };
      const from = system.timers.nowMs();
      let answer = await link.command(envelope);
      // The same id again: whether the first one arrived or not, it has one effect.
      for (let sent = 1; !answer.ok && answer.code === 'hall-unreachable' && sent < SENDINGS; sent += 1) {
        await afterMs(RESEND_AFTER_MS);
        answer = await link.command(envelope);
      }
      deps.onAnswered(name, system.timers.nowMs() - from, answer);
      return answer as never;
    },
    query: async (name, payload) => (await link.query({ name, payload, ...withSession() })) as never,
    watch: async (feed, key) => {
      watching = { feed, key };
      await join();
    },
    entries: (feed) => (watching?.feed === feed ? view.entries : {}) as never,
    changed,
    caughtUp: async (revision) => {
      const givenUpAt = system.timers.nowMs() + CAUGHT_UP_WITHIN_MS;
      for (;;) {
        const leftMs = givenUpAt - system.timers.nowMs();
        if (view.revision >= revision || leftMs <= 0) return;
        await changed(leftMs);
      }
    },
    telemetry: (message) => link.telemetry(message),
    close: () => link.close(),
  };
}
