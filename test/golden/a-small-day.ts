import type { HallEvent } from '#domain/events/schemas.ts';
import type { Hall } from '#domain/hall/state.ts';
import { signOf } from '#domain/views/sign.ts';
import { MINUTE_MS } from '#test/support/builders.ts';
import { aHallDay, numberOf, succeed, TUESDAY } from '#test/support/hall-day.ts';

/** A small day in which everything happens that the log can tell. */
export function aSmallDay(): readonly HallEvent[] {
  const hall = aHallDay();
  const ok = succeed;
  for (const counter of ['c1', 'c2', 'c4', 'c7']) ok(hall.open(counter));
  for (const service of ['deeds', 'deeds', 'deeds', 'fund', 'permit']) ok(hall.take(service));
  ok(hall.take('deeds', 'senior'));
  ok(hall.take('deeds', 'green', { role: 'reception' }));
  hall.advance(MINUTE_MS);
  ok(hall.callNext('c1'));
  ok(hall.shown('A007'));
  ok(hall.start('c1'));
  hall.advance(3 * MINUTE_MS);
  ok(hall.finish('c1'));
  ok(hall.reopen('c1', 'A007'));
  ok(hall.finish('c1', 'materials-missing'));
  ok(hall.callNext('c1'));
  ok(hall.recall('c1'));
  ok(hall.requeue('c1'));
  const held = numberOf(hall.callNext('c2'));
  ok(hall.start('c2'));
  ok(hall.hold('c2', 'same'));
  ok(hall.resume(held));
  const missed = numberOf(hall.callNext('c1'));
  hall.advance(2 * MINUTE_MS);
  ok(hall.noShow('c1'));
  ok(hall.reinstate(missed));
  ok(hall.callTicket('c1', 'A003', 'accessibility'));
  ok(hall.transfer('c1', 'fund', 'c4'));
  ok(hall.callNext('c4'));
  ok(hall.start('c4'));
  ok(hall.finish('c4', 'redirected'));
  ok(hall.pause('c7'));
  ok(hall.resumeCounter('c7'));
  ok(hall.cancel('A005'));
  ok(hall.openDay(TUESDAY));
  hall.at('18:00');
  ok(hall.take('tax'));
  ok(hall.close('c7'));
  ok(hall.closeDay());
  ok(hall.rollOver(TUESDAY));
  hall.at('08:31', TUESDAY);
  ok(hall.open('c5'));
  ok(hall.callNext('c5'));
  return hall.events;
}

/** What a hall comes to, in a form that is written down beside a golden log. */
export function summaryOf(hall: Hall): unknown {
  const day = hall.current;
  return {
    revision: hall.revision,
    date: day?.businessDate,
    totals: day?.totals,
    tickets: [...(day?.ticketsById.values() ?? [])].map(({ number, classId, legs }) => ({
      number,
      classId,
      legs: legs.map(({ serviceId, status, place, counterId, timesCalled }) => {
        return { serviceId, status, place, counterId, timesCalled };
      }),
    })),
    tallies: [...(day?.tallies ?? [])],
    signs: [...hall.countersById.keys()].sort().map((id) => signOf(hall, id)),
  };
}
