/** Time that only moves on. A test passes one that it moves by hand. */
export interface Timers {
  /** Milliseconds on a clock that never jumps; only differences mean anything. */
  readonly nowMs: () => number;
  /** Calls `act` once after `delayMs`, unless the returned function was called before. */
  readonly after: (delayMs: number, act: () => void) => () => void;
}

export interface HallResponse {
  readonly status: number;
  readonly body: string;
}

/** What an agent takes from the world, beside its sockets. */
export interface TerminalSystem {
  /** The terminal's wall clock, epoch ms. It may be wrong. */
  readonly epochMs: () => number;
  readonly timers: Timers;
  /** 256 random bits, base64url. */
  readonly newToken: () => string;
  /** From 0 up to, and without, 1. */
  readonly random: () => number;
  /** Asks the hall-server over HTTP. Rejects when it cannot be reached or does not answer within some seconds. */
  readonly fetchText: (url: string, init: HallRequest) => Promise<HallResponse>;
}

export interface HallRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}
