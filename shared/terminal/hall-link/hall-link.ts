import type { Logger } from 'pino';
import { io } from 'socket.io-client';
import { refusals, type RefusalCode } from '#protocol/errors.ts';
import {
  PROTOCOL_VERSION,
  STALE_AFTER_MS,
  wire,
  type CommandAnswer,
  type Envelope,
  type FeedMessage,
  type Heartbeat,
  type Join,
  type JoinAnswer,
  type QueryEnvelope,
  type QueryReply,
  type RefusedAnswer,
} from '#protocol/wire.ts';
import { refuse } from '../refuse.ts';
import type { TerminalSystem } from '../system.ts';
import { createHeartbeatWatch } from './heartbeat-watch.ts';

/** A hall that is there answers in milliseconds; what waits longer is told that it does not know. */
const ANSWER_WITHIN_MS = 10_000;
/** 500 terminals that lost the hall together come back spread over about a second, each at 250 ms ± 50 % first. */
const RECONNECT_FIRST_MS = 250;
const RECONNECT_MOST_MS = 2_000;
/** A hall that stops politely tells all its terminals in the same instant. The library leaves coming back to us then. */
const DISMISSED_RETRY_MS = { least: 200, most: 800 };
/** A hall that turned the terminal away is asked again more slowly: somebody has to enrol it first. */
const TURNED_AWAY_RETRY_MS = { least: 4_000, most: 5_000 };

export interface LinkState {
  readonly online: boolean;
  /** The refusal with which the hall turned this terminal away. */
  readonly code?: RefusalCode;
}

export interface HallLinkDeps {
  readonly hallUrl: string;
  readonly token: string;
  readonly system: Pick<TerminalSystem, 'timers' | 'random'>;
  readonly log: Logger;
  /** Each change of whether the hall can be reached. */
  readonly onState: (state: LinkState) => void;
  readonly onFeed: (message: FeedMessage) => void;
  readonly onHeartbeat: (heartbeat: Heartbeat) => void;
}

/** The one connection to the hall. What cannot be sent now is refused now: nothing waits in a buffer here. */
export interface HallLink {
  isOnline(): boolean;
  command(envelope: Envelope): Promise<CommandAnswer>;
  query(envelope: QueryEnvelope): Promise<QueryReply>;
  /** `onAnswer` runs in the order of the wire: before any message of the feed. A promise would let one overtake it. */
  join(join: Join, onAnswer: (answer: JoinAnswer) => void): void;
  leave(feed: string, key: string): void;
  telemetry(message: unknown): void;
  close(): void;
}

export function createHallLink(deps: HallLinkDeps): HallLink {
  const { log, system } = deps;
  const socket = io(deps.hallUrl, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: RECONNECT_FIRST_MS,
    reconnectionDelayMax: RECONNECT_MOST_MS,
    randomizationFactor: 0.5,
    auth: { protocol: PROTOCOL_VERSION, token: deps.token },
  });
  let state: LinkState = { online: false };
  let cancelRetry = (): void => undefined;

  function become(next: LinkState): void {
    if (next.online === state.online && next.code === state.code) return;
    state = next;
    log.info({ online: next.online, code: next.code }, 'hall link');
    deps.onState(next);
  }

  // A cable that was pulled closes nothing: without this a terminal would think for 45 s that it is connected.
  const watch = createHeartbeatWatch(system.timers, STALE_AFTER_MS, () => {
    log.warn({ silentMs: STALE_AFTER_MS }, 'hall is silent, connecting anew');
    socket.io.engine.close();
  });

  socket.on('connect', () => {
    watch.heard();
    become({ online: true });
  });
  socket.on('disconnect', (reason) => {
    watch.stop();
    become({ online: false });
    if (reason === 'io server disconnect') retryIn(DISMISSED_RETRY_MS);
  });
  socket.on('connect_error', (error) => {
    const code = codeOf(error);
    become(code === undefined ? { online: false } : { online: false, code });
    // Turned away by the hall itself: the library does not come back from that by itself.
    if (!socket.active) retryIn(TURNED_AWAY_RETRY_MS);
  });
  socket.on(wire.feed, deps.onFeed);
  socket.on(wire.heartbeat, (heartbeat: Heartbeat) => {
    watch.heard();
    deps.onHeartbeat(heartbeat);
  });

  function retryIn({ least, most }: { readonly least: number; readonly most: number }): void {
    cancelRetry();
    const delayMs = least + system.random() * (most - least);
    cancelRetry = system.timers.after(delayMs, () => socket.connect());
  }

  function ask<Answer>(
    name: string,
    message: unknown,
    onAnswer: (answer: Answer | RefusedAnswer) => void,
  ): void {
    if (!socket.connected) return onAnswer(refuse('hall-unreachable'));
    // The only errors here: no answer in time, or the connection ended before it came.
    socket.timeout(ANSWER_WITHIN_MS).emit(name, message, (error: Error | null, answer: Answer) => {
      onAnswer(error ? refuse('hall-unreachable') : answer);
    });
  }
  const promised = <Answer>(name: string, message: unknown): Promise<Answer | RefusedAnswer> =>
    new Promise((resolve) => ask<Answer>(name, message, resolve));

  return {
    isOnline: () => state.online,
    command: (envelope) => promised<CommandAnswer>(wire.command, envelope),
    query: (envelope) => promised<QueryReply>(wire.query, envelope),
    join: (join, onAnswer) => ask<JoinAnswer>(wire.join, join, onAnswer),
    leave(feed, key) {
      if (socket.connected) socket.emit(wire.leave, { feed, key });
    },
    telemetry(message) {
      if (socket.connected) socket.emit(wire.telemetry, message);
    },
    close() {
      watch.stop();
      cancelRetry();
      socket.disconnect();
    },
  };
}

function codeOf(error: Error): RefusalCode | undefined {
  const code = (error as Error & { readonly data?: { readonly code?: unknown } }).data?.code ?? error.message;
  return typeof code === 'string' && code in refusals ? (code as RefusalCode) : undefined;
}
