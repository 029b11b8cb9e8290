import { applyEvent } from '#domain/hall/apply.ts';
import { createHall, type CatalogueSource, type Hall } from '#domain/hall/state.ts';
import type { Journal } from '../journal/port.ts';

const PAGE = 5_000;

/** The hall as its log tells it. Throws when the log has a gap or contradicts itself. */
export async function foldJournal(journal: Journal, catalogueOf: CatalogueSource): Promise<Hall> {
  const hall = createHall(catalogueOf);
  for (;;) {
    const events = await journal.read(hall.revision, PAGE);
    for (const event of events) applyEvent(hall, event);
    if (events.length < PAGE) return hall;
  }
}
