import type { DayView, ServiceView } from '#domain/views/terminal.ts';
import type { DeviceFeedEntries, PrinterView } from '#protocol/device-feed.ts';
import type { FeedEntries } from '#protocol/feeds.ts';
import type { ScreenCatalogue } from '#screen/hall/hall-store.ts';
import type { Health } from './health.ts';

/** What the hall and this terminal's devices say at the moment, for every page of the kiosk. */
export interface HallNow {
  readonly catalogue: ScreenCatalogue;
  readonly day: DayView;
  readonly views: Partial<FeedEntries['terminal']>;
  readonly devices: Partial<DeviceFeedEntries>;
  readonly health: Health;
  /** Epoch ms in the hall, moving on by the minute. */
  readonly minuteMs: number;
}

export function viewOf({ views }: HallNow, serviceId: string): ServiceView | undefined {
  return views[`service:${serviceId}`];
}

export function printerOf({ devices }: HallNow): PrinterView | undefined {
  return devices.printer;
}
