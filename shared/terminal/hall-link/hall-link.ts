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
/** A hall that turned the terminal away is asked again more slowly: somebody has to enrol it first. */
const TURNED_AWAY_RETRY_MS = 5_000;

export interface LinkState {
  readonly online: boolean;
  /** The refusal with which the hall turned this terminal away. */
  readonly code?: RefusalCode;
}

export interface HallLinkDeps {
  readonly hallUrl: string;
  readonly token: string;
  readonly system: Pick<TerminalSystem, 'timers'>;
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
  query(envelope: QueryEnvelope): Promise<CommandAnswer>;
  join(join: Join): Promise<JoinAnswer>;
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
    if (reason === 'io server disconnect') retryLater();
  });
  socket.on('connect_error', (error) => {
    const code = codeOf(error);
    become(code === undefined ? { online: false } : { online: false, code });
    // Turned away by the hall itself: the library does not come back from that by itself.
    if (!socket.active) retryLater();
  });
  socket.on(wire.feed, deps.onFeed);
  socket.on(wire.heartbeat, (heartbeat: Heartbeat) => {
    watch.heard();
    deps.onHeartbeat(heartbeat);
  });

  function retryLater(): void {
    cancelRetry();
    cancelRetry = system.timers.after(TURNED_AWAY_RETRY_MS, () => socket.connect());
  }

  async function ask<Answer>(name: string, message: unknown): Promise<Answer | RefusedAnswer> {
    if (!socket.connected) return refuse('hall-unreachable');
    try {
      return (await socket.timeout(ANSWER_WITHIN_MS).emitWithAck(name, message)) as Answer;
    } catch {
      // The only ways to get here: no answer in time, or the connection ended before it came.
      return refuse('hall-unreachable');
    }
  }

  return {
    isOnline: () => state.online,
    command: (envelope) => ask<CommandAnswer>(wire.command, envelope),
    query: (envelope) => ask<CommandAnswer>(wire.query, envelope),
    join: (join) => ask<JoinAnswer>(wire.join, join),
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
