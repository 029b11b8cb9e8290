import type { Command } from '#domain/commands/schemas.ts';
import type { ActiveView, AsideView, CallerCounterView } from '#domain/views/caller.ts';
import type { CommandAnswer } from '#protocol/wire.ts';
import { sendUntilAnswered, watch, type Sender, type Site, type Watch } from './terminal.ts';

export interface Clerk {
  readonly watch: Watch;
  readonly calls: () => number;
}

const IDLE_MS = 20_000;
/** The reference hall's handling: median 2.8, mean 4.6 minutes. */
const HANDLING_MU = 1.031;
const HANDLING_SIGMA = 0.992;

/** A clerk who sees the hall only through the counter's feed, sometimes clicks twice, and works until the hall is empty. */
export function startClerk(site: Site, counterId: string, services: readonly string[]): Clerk {
  const { world } = site;
  const { random } = world;
  const sender: Sender = { device: `caller-${counterId}`, role: 'clerk', clerk: `clerk-${counterId}` };
  let calls = 0;

  const send = async (command: Command): Promise<CommandAnswer> => {
    const clicks = [sendUntilAnswered(site, sender, command)];
    // The second click of a double click: another id, made on the same picture.
    if (random.chance(0.1)) clicks.push(sendUntilAnswered(site, sender, command));
    const answers = await Promise.all(clicks);
    const accepted = answers.filter(({ ok }) => ok);
    if (accepted.length > 1 && command.name === 'ticket.callNext')
      world.accuse(`${counterId} called twice with one double click`);
    const answer = accepted[0] ?? answers[0] ?? Promise.reject(new Error('no answer'));
    return answer;
  };

  const seen = (): CallerCounterView | undefined =>
    counter.view.entries['counter'] as CallerCounterView | undefined;
  const at = () => ({ counterId, seenRevision: seen()?.revision ?? 0 });

  const work = async (): Promise<void> => {
    const picture = seen();
    if (!picture) return;
    if (picture.status === 'closed')
      return void (await send({ name: 'counter.open', payload: { counterId } }));
    if (picture.status === 'paused')
      return void (await send({ name: 'counter.resume', payload: { counterId } }));
    if (picture.active) return attend(picture.active);
    await takeUp();
    if (random.chance(0.02))
      return void (await send({ name: 'counter.pause', payload: { counterId, reason: 'break' } }));
    const answer = await send({ name: 'ticket.callNext', payload: at() });
    if (answer.ok) calls += 1;
    else if (answer.code === 'nobody-waiting') await world.sleep(IDLE_MS);
  };

  const attend = async ({ ticketId, status, times }: ActiveView): Promise<void> => {
    const on = { ...at(), ticketId };
    if (status === 'serving') return serve(ticketId);
    await world.sleep(random.between(5_000, 40_000));
    if (random.chance(0.85))
      return void (await send({ name: 'ticket.startServing', payload: { ...at(), ticketId } }));
    if (random.chance(0.05))
      return void (await send({ name: 'ticket.requeue', payload: { ...at(), ticketId } }));
    if (times < 3) return void (await send({ name: 'ticket.recall', payload: on }));
    await world.sleep(60_000);
    await send({ name: 'ticket.markNoShow', payload: { ...at(), ticketId } });
  };

  const serve = async (ticketId: string): Promise<void> => {
    await world.sleep(Math.min(30, random.logNormal(HANDLING_MU, HANDLING_SIGMA)) * 60_000);
    const on = { ...at(), ticketId };
    const kind = random.next();
    if (kind < 0.06)
      return void (await send({
        name: 'ticket.hold',
        payload: { ...on, kind: random.pick(['any', 'same', 'outside']) },
      }));
    if (kind < 0.14)
      return void (await send({
        name: 'ticket.transfer',
        payload: { ...on, toServiceId: random.pick(services) },
      }));
    const answer = await send({ name: 'ticket.finish', payload: { ...on, outcome: 'done' } });
    if (answer.ok && random.chance(0.02))
      await send({ name: 'ticket.reopen', payload: { ...at(), ticketId } });
  };

  /** Whoever was set aside comes back after a while. */
  const takeUp = async (): Promise<void> => {
    const of = (entry: string) => (counter.view.entries[entry] as readonly AsideView[] | undefined) ?? [];
    const [held] = of('held').filter(({ since }) => world.now() - since > 300_000);
    if (held) await send({ name: 'ticket.resume', payload: { ticketId: held.ticketId } });
    const [missed] = of('noShows').filter(({ since }) => world.now() - since > 120_000);
    if (!missed) return;
    const { ticketId } = missed;
    if (random.chance(0.3)) await send({ name: 'ticket.reinstate', payload: { ticketId } });
    else if (random.chance(0.2))
      await send({ name: 'ticket.cancel', payload: { ticketId, reason: 'visitor-left' } });
  };

  const day = async (): Promise<void> => {
    for (;;) {
      await work();
      // A breath, in which the picture catches up with what was just done.
      await world.sleep(random.between(300, 2_000));
    }
  };

  const counter = watch(site, 'counter', counterId, () => undefined);
  day().catch((error: unknown) => world.accuse(`clerk at ${counterId}: ${String(error)}`));
  return { watch: counter, calls: () => calls };
}
