import { describe, expect, it } from 'vitest';
import { aCatalogue, MINUTE_MS } from '#test/support/builders.ts';
import { aHallDay, codeOf, succeed, type HallDay } from '#test/support/hall-day.ts';

const publish = (hall: HallDay) => codeOf(hall.send('catalogue.publish', { version: 2 }));

/** One ticket for deeds, c1 open, and a second version that has no deeds. */
function hallBeforeChange(): HallDay {
  const hall = aHallDay();
  const { services, matters, counters, ...rest } = aCatalogue();
  hall.store(2, {
    ...rest,
    services: services.filter(({ id }) => id !== 'deeds'),
    matters: matters.filter(({ serviceId }) => serviceId !== 'deeds'),
    counters: counters.map((counter) => ({
      ...counter,
      skills: counter.skills.filter(({ serviceId }) => serviceId !== 'deeds'),
    })),
  });
  succeed(hall.open('c1'));
  succeed(hall.take('deeds'));
  return hall;
}

describe('a catalogue that leaves a service out', () => {
  it('waits for everybody who has still to be served there, wherever they are', () => {
    const hall = hallBeforeChange();
    expect(publish(hall)).toBe('people-waiting');
    succeed(hall.callNext('c1'));
    expect(publish(hall)).toBe('people-waiting');
    succeed(hall.start('c1'));
    expect(publish(hall)).toBe('people-waiting');
    succeed(hall.hold('c1'));
    expect(publish(hall)).toBe('people-waiting');
    succeed(hall.cancel('A001'));
    expect(publish(hall)).toBe('ok');
  });

  it('does not take back into a queue who missed the call before it', () => {
    const hall = hallBeforeChange();
    succeed(hall.callNext('c1'));
    hall.advance(10 * MINUTE_MS);
    succeed(hall.noShow('c1'));
    expect(publish(hall)).toBe('ok');
    expect(codeOf(hall.reinstate('A001'))).toBe('unknown-service');
    expect(hall.statusOf('A001')).toBe('no-show');
  });
});
