import type { RefusalCode } from './errors.ts';

/** The feed that a terminal agent makes itself: what its own devices are doing. No other server has it. */
export const DEVICE_FEED = 'device';
export const DEVICE_KEY = 'local';

/** The way to the hall-server. */
export interface LinkView {
  readonly online: boolean;
  /** Epoch ms of the terminal's clock. */
  readonly since: number;
  /** Why the hall turned this terminal away, where it did. */
  readonly code?: RefusalCode;
}

export type PrinterView =
  /** This terminal has no printer. */
  | { readonly state: 'none' }
  | { readonly state: 'starting' }
  | { readonly state: 'gone' }
  | {
      readonly state: 'answering';
      readonly online: boolean;
      readonly paper: 'ok' | 'near-end' | 'out';
      readonly coverOpen: boolean;
      readonly error: 'none' | 'cutter' | 'recoverable' | 'fatal';
    };

/** Why a slip does not count as printed. */
export type SlipObstacle =
  | 'paper-out'
  | 'cover-open'
  | 'printer-error'
  | 'offline'
  | 'gone'
  | 'unconfirmed'
  | 'closed'
  /** The terminal has no printer. */
  | 'none'
  /** The catalogue that says what stands on the slip cannot be had. */
  | 'no-catalogue';

export type SlipView =
  | { readonly status: 'printing' }
  | { readonly status: 'printed' }
  | { readonly status: 'not-printed'; readonly reason: SlipObstacle };

/** Entries of the feed 'device', key 'local'. Slips by ticket id; only the latest are kept. */
export type DeviceFeedEntries = { readonly link: LinkView; readonly printer: PrinterView } & {
  readonly [slip: `slip:${string}`]: SlipView;
};
