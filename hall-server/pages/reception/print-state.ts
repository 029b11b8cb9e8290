import type { DeviceFeedEntries, PrinterView, SlipObstacle } from '#protocol/device-feed.ts';

/**
 * What this page can say about a slip. 'no-printer' is a page without an agent or an agent without a printer; 'elsewhere' is a
 * slip that this desk has not printed.
 */
export type PrintState =
  | { readonly kind: 'no-printer' | 'elsewhere' | 'printing' | 'printed' }
  | { readonly kind: 'not-printed'; readonly reason: SlipObstacle };

export interface DeviceFeedSeen {
  readonly entries: Partial<DeviceFeedEntries>;
  /** Set when whoever serves this page has no devices. */
  readonly refused: string | undefined;
}

export function hasPrinter({ entries, refused }: DeviceFeedSeen): boolean {
  return refused === undefined && entries.printer !== undefined && entries.printer.state !== 'none';
}

export function printStateOf(device: DeviceFeedSeen, ticketId: string): PrintState {
  if (!hasPrinter(device)) return { kind: 'no-printer' };
  const slip = device.entries[`slip:${ticketId}`];
  if (slip === undefined) return { kind: 'elsewhere' };
  return slip.status === 'not-printed' ? { kind: 'not-printed', reason: slip.reason } : { kind: slip.status };
}

/** What the person at the desk should see to at the printer; undefined while all is well. */
export type PrinterConcern = 'gone' | 'out' | 'near-end' | 'cover-open' | 'error' | 'offline';

export function printerConcern(printer: PrinterView | undefined): PrinterConcern | undefined {
  if (printer?.state === 'gone') return 'gone';
  if (printer?.state !== 'answering') return undefined;
  if (printer.coverOpen) return 'cover-open';
  if (printer.paper === 'out') return 'out';
  if (printer.error !== 'none') return 'error';
  if (!printer.online) return 'offline';
  return printer.paper === 'near-end' ? 'near-end' : undefined;
}
