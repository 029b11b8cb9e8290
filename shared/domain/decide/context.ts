import type { CatalogueIndex } from '../catalogue/index.ts';
import type { EventBody, EventType, By, NewEvent } from '../events/schemas.ts';
import type { Day, Hall } from '../hall/state.ts';
import type { Refusal } from '../refusal.ts';

/** As whom a command was authorised. `hall` is the server itself (roll-over, first display). */
export const roles = ['kiosk', 'display', 'clerk', 'reception', 'manager', 'admin', 'hall'] as const;
export type Role = (typeof roles)[number];

/** All that `decide` may not find out by itself. */
export interface Context {
  /** Epoch milliseconds. */
  readonly now: number;
  /** A fresh id, never given before. */
  readonly newId: () => string;
  readonly by: By;
  readonly role: Role;
}

export interface Accepted {
  readonly ok: true;
  readonly events: readonly NewEvent[];
  /** What the sender is told, beside the revision that the interpreter adds. */
  readonly answer: Readonly<Record<string, unknown>>;
}
export type Decision = Accepted | Refusal;

export function accept(
  events: readonly NewEvent[],
  answer: Readonly<Record<string, unknown>> = {},
): Accepted {
  return { ok: true, events, answer };
}

export function newEvent<Type extends EventType>(type: Type, date: string, body: EventBody<Type>): NewEvent {
  return { type, date, body } as NewEvent;
}

/** The current day while it is open, with the catalogue in force. */
export function openDay(hall: Hall): { day: Day; catalogue: CatalogueIndex } | undefined {
  const { current, catalogue } = hall;
  return current?.status === 'open' && catalogue ? { day: current, catalogue } : undefined;
}
