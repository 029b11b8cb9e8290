import { eventSchemas, recordedSchema, type EventType, type HallEvent } from './schemas.ts';

/** Lifts the body of an event from one version of its type to the next. */
export type Upcaster = (body: unknown) => unknown;

/** Per type, the steps from version 1 to 2, from 2 to 3, and so on. A released step is never changed. */
export type Upcasters = { readonly [Type in EventType]?: readonly Upcaster[] };

/** Every type still stands at its first version. */
export const upcasters: Upcasters = {};

/** The log was written by a newer program: guessing at its meaning would be worse than not starting. */
export class NewerEvent extends Error {
  override readonly name = 'NewerEvent';
}

/** The version under which events of a type are written now. */
export function currentVersion(type: EventType, table: Upcasters = upcasters): number {
  return 1 + (table[type]?.length ?? 0);
}

/**
 * A row of the log, as JSON, in the form of today. Throws `NewerEvent` for a version that this program does not know, and
 * zod's error for a row that is no event.
 */
export function readEvent(row: unknown, table: Upcasters = upcasters): HallEvent {
  const recorded = recordedSchema.parse(row);
  const known = currentVersion(recorded.type, table);
  if (recorded.v > known) {
    throw new NewerEvent(
      `event ${recorded.revision} is ${recorded.type} of version ${recorded.v}, this program knows ${known}: update it`,
    );
  }
  let { body } = recorded;
  for (const upcast of (table[recorded.type] ?? []).slice(recorded.v - 1)) body = upcast(body);
  return { ...recorded, v: known, body: eventSchemas[recorded.type].parse(body) } as HallEvent;
}
