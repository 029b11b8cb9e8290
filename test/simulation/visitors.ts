import type { CommandAnswer } from '#protocol/wire.ts';
import type { SignView } from '#domain/views/sign.ts';
import { sendUntilAnswered, watch, type Site, type Watch } from './terminal.ts';

export interface Crowd {
  readonly count: number;
  readonly services: readonly string[];
  readonly kiosks: number;
  /** Over how long they come, with a rush in the first tenth. */
  readonly spanMs: number;
}

export interface Slip {
  readonly number: string;
  readonly businessDate: string;
  readonly ticketId: string;
}

/** Visitors who come and take a number at a kiosk; some leave again. Returns the slips as they come out. */
export function startVisitors(
  site: Site,
  crowd: Crowd,
): { readonly slips: readonly Slip[]; readonly refused: readonly string[] } {
  const { world } = site;
  const { random } = world;
  const slips: Slip[] = [];
  const refused: string[] = [];

  const visit = async (): Promise<void> => {
    const device = `kiosk-${random.between(1, crowd.kiosks)}`;
    const serviceId = random.pick(crowd.services);
    const classId = random.chance(0.15) ? 'senior' : 'ordinary';
    const visitKey = world.newId().padEnd(22, 'k');
    const payload = { serviceId, classId, language: 'zh', visitKey } as const;
    const answer = await sendUntilAnswered(site, { device, role: 'kiosk' }, { name: 'ticket.take', payload });
    if (!answer.ok) return void refused.push(answer.code);
    const slip = slipOf(answer);
    if (
      slips.some(({ number, businessDate }) => number === slip.number && businessDate === slip.businessDate)
    ) {
      world.accuse(`${slip.number} was printed twice`);
    }
    slips.push(slip);
    if (random.chance(0.04)) await leave(slip);
  };

  const leave = async ({ ticketId }: Slip): Promise<void> => {
    await world.sleep(random.exponential(600_000));
    const payload = { ticketId, reason: 'visitor-left' } as const;
    await sendUntilAnswered(
      site,
      { device: 'reception-1', role: 'reception' },
      { name: 'ticket.cancel', payload },
    );
  };

  for (let i = 0; i < crowd.count; i += 1) {
    const at = random.chance(0.3) ? random.next() * 0.1 : random.next();
    world.after(at * crowd.spanMs, () => {
      visit().catch((error: unknown) => world.accuse(`visitor: ${String(error)}`));
    });
  }
  return { slips, refused };
}

function slipOf({ answer }: CommandAnswer & { readonly ok: true }): Slip {
  return {
    number: String(answer['number']),
    businessDate: String(answer['businessDate']),
    ticketId: String(answer['ticketId']),
  };
}

/** A display that watches a zone and reports each call that it paints for the first time. */
export function startDisplay(site: Site, key: string, index: number): Watch {
  const painted = new Set<string>();
  const display = watch(site, 'zone', key, () => {
    for (const entry of Object.values(display.view.entries)) {
      const call = (entry as Partial<SignView>).call;
      if (!call || painted.has(call.callId)) continue;
      painted.add(call.callId);
      const { ticketId, callId } = call;
      const payload = { ticketId, callId, displayId: `display-${index}` };
      void sendUntilAnswered(
        site,
        { device: `display-${index}`, role: 'hall' },
        { name: 'call.recordShown', payload },
      );
    }
  });
  return display;
}
