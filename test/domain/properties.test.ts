import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '#domain/decide/index.ts';
import { eventSchemas } from '#domain/events/schemas.ts';
import { readEvent } from '#domain/events/upcast.ts';
import { applyEvent } from '#domain/hall/apply.ts';
import { foldBase, foldEvent, hallAtBase } from '#domain/hall/fold-base.ts';
import { createHall } from '#domain/hall/state.ts';
import { commands } from '#protocol/commands.ts';
import { dumpHall } from '#test/support/dump.ts';
import type { Decide, HallDay } from '#test/support/hall-day.ts';
import { anAction, openHall, play, someRules } from '#test/support/random-day.ts';
import { contradictionsIn } from './invariants.ts';
import { measureOvertakes } from './overtakes.ts';

const days = { seed: 20_261_123, numRuns: 250 };
const actions = fc.array(anAction, { minLength: 20, maxLength: 160, size: 'max' });

function playAll(hall: HallDay, list: readonly Parameters<typeof play>[1][]): HallDay {
  for (const action of list) play(hall, action);
  return hall;
}

/** Decides, and proves that deciding changed nothing. */
const pureDecide: Decide = (hall, command, context) => {
  const before = dumpHall(hall);
  const decision = decide(hall, command, context);
  expect(dumpHall(hall)).toBe(before);
  return decision;
};

describe('on any day', () => {
  it('a recount agrees with every count, after every command', () => {
    fc.assert(
      fc.property(someRules(), actions, (options, list) => {
        const hall = openHall(options);
        for (const action of list) {
          play(hall, action);
          expect(contradictionsIn(hall.hall)).toEqual([]);
        }
      }),
      days,
    );
  });

  it('no number is given twice for one date', () => {
    fc.assert(
      fc.property(someRules(), actions, (options, list) => {
        const { events } = playAll(openHall(options), list);
        const numbers = events.flatMap((event) =>
          event.type === 'ticket.taken' ? `${event.date} ${event.body.number}` : [],
        );
        expect(new Set(numbers).size).toBe(numbers.length);
      }),
      days,
    );
  });

  it('nobody is passed over by priority more often than the largest cap, and within a class it is first come, first served', () => {
    let passedAtAll = 0;
    fc.assert(
      fc.property(someRules(), actions, (options, list) => {
        const hall = playAll(openHall(options), list);
        const caps = options.catalogue?.priorityClasses.map(({ maxOvertakes }) => maxOvertakes) ?? [];
        const { mostPassed, outOfOrder } = measureOvertakes(hall.events, hall.hall.catalogueOf);
        expect(outOfOrder).toEqual([]);
        expect(mostPassed).toBeLessThanOrEqual(Math.max(...caps));
        passedAtAll += mostPassed;
      }),
      { ...days, numRuns: 600 },
    );
    // Else the bound was never tried.
    expect(passedAtAll).toBeGreaterThan(100);
  });

  it('deciding changes nothing', () => {
    fc.assert(
      fc.property(someRules(), actions, (options, list) => {
        playAll(openHall({ ...options, decide: pureDecide }), list);
      }),
      { ...days, numRuns: 60 },
    );
  });

  it('the log tells the same hall again: every event is valid, survives JSON, and folds to what was kept', () => {
    fc.assert(
      fc.property(someRules(), actions, (options, list) => {
        const hall = playAll(openHall(options), list);
        const again = createHall(hall.hall.catalogueOf);
        for (const event of hall.events) {
          expect(eventSchemas[event.type].parse(event.body)).toEqual(event.body);
          const read = readEvent(JSON.parse(JSON.stringify(event)));
          expect(read).toEqual(event);
          applyEvent(again, read);
        }
        expect(dumpHall(again)).toBe(dumpHall(hall.hall));
      }),
      { ...days, numRuns: 120 },
    );
  });

  it('the log from its last roll-over on tells the same hall', () => {
    let shortened = 0;
    fc.assert(
      fc.property(someRules(), actions, (options, list) => {
        const hall = playAll(openHall(options), list);
        const marks = hall.events.filter(
          (event) => event.type === 'day.opened' || event.type === 'day.rolledOver',
        );
        const base = foldBase(marks);
        const again = hallAtBase(hall.hall.catalogueOf, base);
        for (const event of hall.events.slice(base.afterRevision)) foldEvent(again, event, base);
        expect(dumpHall(again)).toBe(dumpHall(hall.hall));
        if (base.afterRevision > 0) shortened += 1;
      }),
      { ...days, numRuns: 200 },
    );
    expect(shortened).toBeGreaterThan(50);
  });

  it('the totals in the log are those of the fold', () => {
    let sealed = 0;
    fc.assert(
      fc.property(someRules(), actions, (options, list) => {
        const hall = openHall(options);
        for (const action of list) {
          const day = hall.day;
          const outcome = play(hall, action)?.outcome;
          if (!outcome?.ok) continue;
          for (const { type, body } of outcome.recorded) {
            if (type === 'day.closed') expect(body.totals).toEqual(day.totals);
            if (type === 'day.rolledOver' && body.from === day.businessDate && body.totals)
              expect(body.totals).toEqual(day.totals);
            if (type === 'day.closed' || type === 'day.rolledOver') sealed += 1;
          }
        }
      }),
      days,
    );
    expect(sealed).toBeGreaterThan(50);
  });

  it('a command answers and refuses only as its row of the contract says', () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(someRules(), actions, (options, list) => {
        const hall = openHall(options);
        for (const action of list) {
          const played = play(hall, action);
          if (!played) continue;
          const { name, outcome } = played;
          met.add(`${name} ${outcome.ok ? 'ok' : outcome.code}`);
          if (outcome.ok) expect(commands[name].answer.parse(outcome.answer)).toEqual(outcome.answer);
          else expect(commands[name].refusals, `${name} refused ${outcome.code}`).toContain(outcome.code);
        }
      }),
      days,
    );
    expect(met.size).toBeGreaterThan(60);
  });
});
