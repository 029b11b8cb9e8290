import type { Socket } from 'socket.io-client';
import type { CommandAnswers, CommandName, CommandPayload } from '#protocol/commands.ts';
import { DEVICE_FEED } from '#protocol/device-feed.ts';
import { refusals, type RefusalCode } from '#protocol/errors.ts';
import { applyFeedMessage, createFeedView, type FeedView } from '#protocol/feed-view.ts';
import type { QueryAnswers, QueryName, QueryPayload } from '#protocol/queries.ts';
import {
  STALE_AFTER_MS,
  wire,
  type Anchor,
  type CommandAnswer,
  type FeedMessage,
  type Heartbeat,
  type JoinAnswer,
  type QueryReply,
  type RefusedAnswer,
  type Telemetry,
} from '#protocol/wire.ts';

export interface HallLinkDeps {
  readonly socket: Socket;
  readonly newId: () => string;
  /** Machine's clock, epoch ms. */
  readonly now: () => number;
  readonly onState: (state: LinkState) => void;
}

/**
 * `stale` is on when no heartbeat came for 5 s: what the screen shows may be old. `offsetMs` is what the hall's clock is ahead of
 * the machine's.
 */
export interface LinkState {
  readonly connected: boolean;
  readonly stale: boolean;
  readonly offsetMs: number;
  /** Why the server turned the screen away, if it did. */
  readonly refused: RefusalCode | undefined;
}

export interface HallLink {
  /**
   * Sent with one command id until it is answered; after 10 s the refusal `hall-unreachable`. A sender who will try again after
   * that brings the id: whether the first one was carried out is not known, and the same id has one effect.
   */
  command<Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
    commandId?: string,
  ): Promise<CommandAnswer<CommandAnswers[Name]>>;
  query<Name extends QueryName>(
    name: Name,
    payload: QueryPayload<Name>,
  ): Promise<QueryReply<QueryAnswers[Name]>>;
  /** Keeps a feed up to date until the returned function is called. `onRefused` gets a code when it may not be heard. */
  subscribe(
    feed: string,
    key: string,
    onChange: (entries: Readonly<Record<string, unknown>>) => void,
    onRefused?: (code: RefusalCode) => void,
  ): () => void;
  report(telemetry: Telemetry): void;
  setSession(token: string | undefined): void;
  close(): void;
}

interface Subscription {
  readonly feed: string;
  readonly key: string;
  readonly onChange: (entries: Readonly<Record<string, unknown>>) => void;
  readonly onRefused: ((code: RefusalCode) => void) | undefined;
  readonly view: FeedView;
  /** Nothing is missing in `view`: its last join has been answered, and no gap was met since. */
  isCurrent: boolean;
}

const ANSWER_WITHIN_MS = 2_500;
const TRIES = 4;
const WATCH_MS = 1_000;
const CONNECT_AGAIN_MS = 2_000;
const JOIN_AGAIN_MS = 2_000;

export function createHallLink({ socket, newId, now, onState }: HallLinkDeps): HallLink {
  const subscriptions = new Set<Subscription>();
  let session: string | undefined;
  let anchor: Anchor | undefined;
  let heardAt = now();
  let isClosed = false;
  let state: LinkState = { connected: false, stale: false, offsetMs: 0, refused: undefined };

  const setState = (change: Partial<LinkState>): void => {
    state = { ...state, ...change };
    onState(state);
  };

  const withSession = (): { session?: string } => (session === undefined ? {} : { session });

  /** Asks until there is an answer; each try waits a while, so that a lost connection has time to come back. */
  const ask = async (message: string, body: object): Promise<unknown> => {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      try {
        if (!socket.connected) await nextConnection(socket, ANSWER_WITHIN_MS);
        return (await socket.timeout(ANSWER_WITHIN_MS).emitWithAck(message, body)) as unknown;
      } catch {
        // Not answered in time or not connected: the same id goes out again, and the hall answers it once.
      }
    }
    return unreachable();
  };

  const hear = (heartbeat: Heartbeat): void => {
    heardAt = now();
    setState({ stale: false, offsetMs: heartbeat.now - heardAt });
  };

  /**
   * Unlike the anchor of a join, a heartbeat says that everything up to it has been sent to every feed of this socket. Not so for one
   * whose join is still to be answered: it would take the tail in that answer for something it has.
   */
  const beat = (heartbeat: Heartbeat): void => {
    hear(heartbeat);
    anchor = { logId: heartbeat.logId, revision: heartbeat.revision, hash: heartbeat.hash };
    for (const { view, isCurrent } of subscriptions) {
      if (isCurrent) view.revision = Math.max(view.revision, heartbeat.revision);
    }
  };

  const join = async (subscription: Subscription): Promise<void> => {
    const { feed, key, view } = subscription;
    subscription.isCurrent = false;
    const resume = anchor && view.revision >= anchor.revision ? { resume: anchor } : {};
    let answer: JoinAnswer;
    try {
      answer = (await socket
        .timeout(ANSWER_WITHIN_MS)
        .emitWithAck(wire.join, { feed, key, ...resume, ...withSession() })) as JoinAnswer;
    } catch {
      joinAgain(subscription);
      return;
    }
    if (!subscriptions.has(subscription)) return;
    if (!answer.ok) {
      subscription.onRefused?.(answer.code);
      // A disk that was full has room again, and nobody reloads a display.
      if (answer.retryable) setTimeout(() => joinAgain(subscription), JOIN_AGAIN_MS);
      return;
    }
    applyFeedMessage(view, answer.message);
    subscription.isCurrent = true;
    // The devices' feed is the terminal's own word, on the terminal's own clock: it says nothing about the hall.
    if (feed !== DEVICE_FEED) hear(answer.anchor);
    subscription.onChange(view.entries);
  };

  /** After a connection that was lost in the meantime, 'connect' has asked already or will. */
  const joinAgain = (subscription: Subscription): void => {
    if (socket.connected && subscriptions.has(subscription) && !subscription.isCurrent)
      void join(subscription);
  };

  const take = (message: FeedMessage): void => {
    for (const subscription of subscriptions) {
      if (subscription.feed !== message.feed || subscription.key !== message.key) continue;
      const taken = applyFeedMessage(subscription.view, message);
      if (taken === 'applied') subscription.onChange(subscription.view.entries);
      // While a join is under way its answer closes the gap.
      if (taken === 'gap' && subscription.isCurrent) void join(subscription);
    }
  };

  /** What the server refused or ended is not tried again by the library. The reason may pass, and nobody reloads a display. */
  const connectAgain = (): void => {
    if (!socket.active && !isClosed) setTimeout(() => !isClosed && socket.connect(), CONNECT_AGAIN_MS);
  };

  socket.on('connect', () => {
    setState({ connected: true, refused: undefined });
    for (const subscription of subscriptions) void join(subscription);
  });
  socket.on('disconnect', () => {
    setState({ connected: false });
    connectAgain();
  });
  socket.on('connect_error', (error: Error & { data?: { code?: RefusalCode } }) => {
    setState({ connected: false, refused: error.data?.code });
    connectAgain();
  });
  socket.on(wire.feed, take);
  socket.on(wire.heartbeat, beat);
  const watch = setInterval(() => {
    if (!state.stale && now() - heardAt > STALE_AFTER_MS) setState({ stale: true });
  }, WATCH_MS);

  return {
    command: async (name, payload, commandId = newId()) =>
      (await ask(wire.command, { name, commandId, payload, ...withSession() })) as never,
    query: async (name, payload) => (await ask(wire.query, { name, payload, ...withSession() })) as never,
    subscribe: (feed, key, onChange, onRefused) => {
      const view = createFeedView();
      const subscription: Subscription = { feed, key, onChange, onRefused, view, isCurrent: false };
      subscriptions.add(subscription);
      if (socket.connected) void join(subscription);
      return () => {
        subscriptions.delete(subscription);
        const isHeard = [...subscriptions].some((other) => other.feed === feed && other.key === key);
        // Not connected, it would wait in the library's buffer and come before the next joins.
        if (!isHeard && socket.connected) socket.emit(wire.leave, { feed, key });
      };
    },
    report: (telemetry) => {
      if (socket.connected) socket.emit(wire.telemetry, telemetry);
    },
    setSession: (token) => {
      session = token;
      if (socket.connected) for (const subscription of subscriptions) void join(subscription);
    },
    close: () => {
      isClosed = true;
      clearInterval(watch);
      socket.disconnect();
    },
  };
}

function unreachable(): RefusedAnswer {
  return { ok: false, code: 'hall-unreachable', retryable: refusals['hall-unreachable'].retryable };
}

function nextConnection(socket: Socket, withinMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      socket.off('connect', connected);
      reject(new Error('not connected'));
    }, withinMs);
    const connected = (): void => {
      clearTimeout(timer);
      resolve();
    };
    socket.once('connect', connected);
  });
}
