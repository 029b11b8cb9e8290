import type { Text } from '#domain/catalogue/schema.ts';
import type { TicketView } from '#domain/views/ticket.ts';

/** What GET /api/v1/visits/<visitKey> tells the holder of a slip. */
export interface VisitView {
  readonly ticket: TicketView;
  readonly hall: Text;
  readonly catalogueVersion: number;
  /** The hall's clock, epoch ms. */
  readonly now: number;
}
