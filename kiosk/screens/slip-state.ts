import type { PrinterView, SlipObstacle, SlipView } from '#protocol/device-feed.ts';

/** What the number's page says of the paper. */
export type SlipState =
  | { readonly kind: 'awaited' | 'printing' | 'printed' }
  | { readonly kind: 'not-printed'; readonly reason: SlipObstacle };

/** A terminal with a printer speaks of a slip at once; one that has said nothing for this long has none. */
const SLIP_HEARD_WITHIN_S = 4;

export function slipStateOf(
  slip: SlipView | undefined,
  { hasDevices, shownForS }: { readonly hasDevices: boolean; readonly shownForS: number },
): SlipState {
  if (slip?.status === 'not-printed') return { kind: 'not-printed', reason: slip.reason };
  if (slip) return { kind: slip.status };
  return hasDevices && shownForS < SLIP_HEARD_WITHIN_S
    ? { kind: 'awaited' }
    : { kind: 'not-printed', reason: 'none' };
}

/** Seconds for which a number stays on the screen: the paper carries it on, otherwise it has to be written down. */
export function stayS({ kind }: SlipState): number {
  return kind === 'printed' ? 15 : 45;
}

/** Trying once more helps where somebody may have put it right meanwhile. */
export function canPrintAgain(state: SlipState): boolean {
  return state.kind === 'not-printed' && state.reason !== 'none' && state.reason !== 'no-catalogue';
}

/** Whether a slip is to be expected: said before the number is taken, so that nobody waits for paper. */
export function isPrinterReady(printer: PrinterView | undefined): boolean {
  if (printer?.state !== 'answering') return printer?.state === 'starting';
  return printer.online && printer.paper !== 'out' && !printer.coverOpen && printer.error === 'none';
}
