import { foldBase, foldEvent, hallAtBase } from '#domain/hall/fold-base.ts';
import type { CatalogueSource, Hall } from '#domain/hall/state.ts';
import type { Journal } from '../journal/port.ts';

const PAGE = 5_000;

/** The hall as its log tells it. Throws when the log has a gap or contradicts itself. */
export async function foldJournal(journal: Journal, catalogueOf: CatalogueSource): Promise<Hall> {
  const base = foldBase(await journal.dayMarks());
  const hall = hallAtBase(catalogueOf, base);
  for (;;) {
    const events = await journal.read(hall.revision, PAGE);
    for (const event of events) foldEvent(hall, event, base);
    if (events.length < PAGE) return hall;
  }
}
