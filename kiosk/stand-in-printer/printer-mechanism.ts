/** What can be wrong with the stand-in, as its DLE EOT answers then say. */
export interface MechanismState {
  readonly paper: 'ok' | 'near-end' | 'out';
  readonly coverOpen: boolean;
  /** Taken off line at its panel. */
  readonly offline: boolean;
  readonly cutterJammed: boolean;
  /** Says that it is well, and works through nothing: still busy with the motor, or hung. */
  readonly stalled: boolean;
  /** Without power: takes in nothing, answers nothing. */
  readonly silent: boolean;
  /** The roll ends after this many more bytes are printed; `paper` is 'out' from then on. */
  readonly paperEndsAfterBytes?: number | undefined;
}

export const healthy: MechanismState = {
  paper: 'ok',
  coverOpen: false,
  offline: false,
  cutterJammed: false,
  stalled: false,
  silent: false,
};

export interface MechanismDeps {
  readonly answer: (bytes: readonly number[]) => void;
  /** A slip from its first byte to the reset after its cut. */
  readonly onSlip: (slip: Buffer) => void;
}

const STATUS_REQUEST = [0x10, 0x04];
const CLEAR_BUFFERS = [0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08];
const PAPER_STATUS_REQUEST = [0x1d, 0x72, 0x01];
const FULL_CUT = [0x1d, 0x56, 0x00];
const PARTIAL_CUT = [0x1d, 0x56, 0x01];
const RESET = [0x1b, 0x40];

/**
 * A printer from its connector inwards: real-time commands are obeyed on arrival, the others in their turn; it
 * stops at the end of the paper, keeps what it has not printed, and goes on with it when it can.
 */
export function createMechanism({ answer, onSlip }: MechanismDeps) {
  let state = healthy;
  let received: number[] = [];
  let printed: number[] = [];
  let cutAt = 0;

  function receive(byte: number): void {
    if (state.silent) return;
    received.push(byte);
    if (endsWith(received.slice(0, -1), STATUS_REQUEST)) {
      received.length -= 3;
      answer([statusAnswer(state, byte)]);
    } else if (endsWith(received, CLEAR_BUFFERS)) {
      [received, printed, cutAt] = [[], [], 0];
      answer([0x37, 0x25, 0x00]);
    }
    work();
  }

  function work(): void {
    while (received.length > 0 && !state.stalled && !isStopped(state) && !isRealTimeBegun(received)) {
      print(received.shift() ?? 0);
    }
  }

  function print(byte: number): void {
    printed.push(byte);
    wearPaper();
    if (endsWith(printed, PAPER_STATUS_REQUEST)) {
      printed.length -= PAPER_STATUS_REQUEST.length;
      answer([state.paper === 'ok' ? 0x00 : 0x03]);
    } else if (endsWith(printed, FULL_CUT) || endsWith(printed, PARTIAL_CUT)) {
      cutAt = printed.length;
    } else if (cutAt > 0 && printed.length === cutAt + RESET.length) {
      const end = endsWith(printed, RESET) ? printed.length : cutAt;
      onSlip(Buffer.from(printed.splice(0, end)));
      cutAt = 0;
    }
  }

  function wearPaper(): void {
    if (state.paperEndsAfterBytes === undefined) return;
    const left = state.paperEndsAfterBytes - 1;
    if (left > 0) state = { ...state, paperEndsAfterBytes: left };
    else state = { ...state, paper: 'out', paperEndsAfterBytes: undefined };
  }

  return {
    receive,
    setState(change: Partial<MechanismState>): void {
      // The end of a torn slip goes away with the empty roll.
      if (state.paper === 'out' && change.paper !== undefined && change.paper !== 'out') printed = [];
      // Power off empties the buffers.
      if (change.silent === true) [received, printed, cutAt] = [[], [], 0];
      state = { ...state, ...change };
      work();
    },
  };
}

function isStopped(state: MechanismState): boolean {
  return state.paper === 'out' || state.coverOpen || state.offline || state.cutterJammed || state.silent;
}

function statusAnswer(state: MechanismState, part: number): number {
  const bits = (...pairs: (readonly [boolean, number])[]) =>
    pairs.reduce((byte, [isSet, bit]) => (isSet ? byte | bit : byte), 0x12);
  if (part === 1) return bits([isStopped(state), 0x08]);
  if (part === 2)
    return bits([state.coverOpen, 0x04], [state.paper === 'out', 0x20], [state.cutterJammed, 0x40]);
  if (part === 3) return bits([state.cutterJammed, 0x08]);
  return bits([state.paper !== 'ok', 0x0c], [state.paper === 'out', 0x60]);
}

function isRealTimeBegun(bytes: readonly number[]): boolean {
  return [STATUS_REQUEST, CLEAR_BUFFERS].some((command) =>
    bytes.slice(0, command.length).every((byte, index) => byte === command[index]),
  );
}

function endsWith(bytes: readonly number[], end: readonly number[]): boolean {
  const from = bytes.length - end.length;
  return from >= 0 && end.every((byte, index) => byte === bytes[from + index]);
}
