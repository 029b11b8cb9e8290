import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Socket } from 'socket.io-client';
import type { DeviceFeedEntries } from '#protocol/device-feed.ts';
import { wire, type Envelope, type FeedMessage, type JoinAnswer } from '#protocol/wire.ts';
import { createKioskAgent, type KioskAgentDeps } from '#kiosk/agent/kiosk-agent.ts';
import { decodeSlip, type DecodedSlip } from '#kiosk/stand-in-printer/decode-slip.ts';
import { createStandInPrinter, type StandInPrinter } from '#kiosk/stand-in-printer/stand-in-printer.ts';
import type { Agent } from '#terminal/agent.ts';
import { createFakeHall, type FakeHall } from '../../support/fake-hall.ts';
import { smallCatalogue as catalogue } from '../../support/small-catalogue.ts';
import { agentDeps, aLog, aPagesDir, connected, eventually, openPage } from '../../support/terminal.ts';

const VISIT_KEY = 'Zk3vQ8pLr2TnW6xYb1Hc9A';
const pagesDir = aPagesDir(['kiosk']);
let hall: FakeHall;
let printer: StandInPrinter;
const opened: { close(): unknown }[] = [];

beforeEach(async () => {
  hall = await createFakeHall();
  hall.http.set('/api/v1/catalogue/current', { version: 1 });
  hall.http.set('/api/v1/catalogue/1', catalogue);
  hall.answerCommand = takes('A012');
  printer = await createStandInPrinter({ baudRate: 115_200 });
});
afterEach(async () => {
  for (const { close } of opened.splice(0).reverse()) await close();
  await printer.close();
  await hall.close();
});

function takes(number: string): FakeHall['answerCommand'] {
  return () => ({
    ok: true,
    revision: 4,
    answer: {
      ticketId: `ticket-${number}`,
      number,
      serviceId: 'transfer',
      classId: 'ordinary',
      businessDate: '2026-11-23',
      takenAt: Date.UTC(2026, 10, 23, 0, 31),
      peopleAhead: 12,
    },
  });
}

const aTake = (change: Partial<Envelope> = {}): Envelope => ({
  name: 'ticket.take',
  commandId: 'command-1',
  payload: { serviceId: 'transfer', classId: 'ordinary', language: 'zh', visitKey: VISIT_KEY },
  ...change,
});

interface Kiosk {
  readonly agent: Agent;
  readonly page: Socket;
  readonly device: () => DeviceFeedEntries;
  readonly lines: readonly string[];
}

async function openKiosk(change: Partial<KioskAgentDeps> = {}): Promise<Kiosk> {
  const { log, lines } = aLog();
  const agent = await createKioskAgent({
    ...agentDeps(hall, pagesDir.path),
    log,
    page: 'kiosk',
    publicUrl: 'http://10.20.0.5:8080',
    printer: { path: printer.path, baudRate: 115_200, paperWidthMm: 80 },
    ...change,
  });
  opened.push(agent);
  return { agent, lines, ...(await openPageOf(agent)) };
}

async function openPageOf(agent: Agent) {
  const page = await connected(openPage(agent.origin));
  opened.push({ close: () => page.disconnect() });
  let device = {} as DeviceFeedEntries;
  page.on(wire.feed, ({ entries }: FeedMessage) => (device = entries as unknown as DeviceFeedEntries));
  const joined: JoinAnswer = await page.emitWithAck(wire.join, { feed: 'device', key: 'local' });
  if (joined.ok) device = joined.message.entries as unknown as DeviceFeedEntries;
  await eventually(() => device.link.online);
  return { page, device: () => device };
}

const answering = ({ device }: Kiosk) => eventually(() => device().printer.state === 'answering');
const slipEnded = ({ device }: Pick<Kiosk, 'device'>, ticketId = 'ticket-A012') =>
  eventually(() => {
    const slip = device()[`slip:${ticketId}`];
    return slip?.status === 'printing' ? undefined : slip;
  });
const textOf = (slip: DecodedSlip) => slip.lines.map((line) => line.text).join('\n');
const nextSlip = async () => decodeSlip(await printer.nextSlip());
const reprint = (page: Socket, ticketId = 'ticket-A012') =>
  page.emitWithAck(wire.query, { name: 'slip.print', payload: { ticketId } });

describe('a number taken at a kiosk', () => {
  it('is printed from the answer, with everything that the catalogue says', async () => {
    const kiosk = await openKiosk();
    await answering(kiosk);
    expect(await kiosk.page.emitWithAck(wire.command, aTake())).toMatchObject({
      ok: true,
      answer: { number: 'A012' },
    });
    const slip = await nextSlip();
    for (const words of [
      '驻马店市民中心',
      'A012',
      '不动产登记区 2F',
      '二手房转移登记',
      'A01 A02',
      '2026-11-23 08:31',
    ]) {
      expect(textOf(slip)).toContain(words);
    }
    for (const words of ['本业务前面 12 人', '身份证原件', '恢复，排在 3 人之后', '0396-12345']) {
      expect(textOf(slip)).toContain(words);
    }
    expect(textOf(slip)).not.toContain('A03');
    expect(textOf(slip)).not.toContain('补打');
    expect(slip.qr).toBe(`http://10.20.0.5:8080/v/${VISIT_KEY}`);
    expect(await slipEnded(kiosk)).toEqual({ status: 'printed' });
  });

  it('is printed in the visitor’s language, with the hall’s own address where no other is set', async () => {
    const kiosk = await openKiosk({ publicUrl: undefined });
    await answering(kiosk);
    const payload = { ...(aTake().payload as object), language: 'en' };
    await kiosk.page.emitWithAck(wire.command, aTake({ payload }));
    const slip = await nextSlip();
    expect(textOf(slip)).toContain('Transfer of a resale home');
    expect(slip.qr).toBe(`${hall.url}/v/${VISIT_KEY}`);
  });

  it('is printed though the page is gone before the answer', async () => {
    const kiosk = await openKiosk();
    await answering(kiosk);
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    hall.answerCommand = async (envelope) => {
      await held;
      return takes('A013')(envelope);
    };
    kiosk.page.emit(wire.command, aTake(), () => {});
    await eventually(() => hall.heard.length > 0);
    kiosk.page.disconnect();
    release();
    expect(textOf(await nextSlip())).toContain('A013');
  });

  it('is printed once, however often its command is sent', async () => {
    const kiosk = await openKiosk();
    await answering(kiosk);
    await Promise.all([1, 2, 3].map(() => kiosk.page.emitWithAck(wire.command, aTake())));
    await slipEnded(kiosk);
    await kiosk.page.emitWithAck(wire.command, aTake());
    hall.answerCommand = takes('A099');
    await kiosk.page.emitWithAck(wire.command, aTake({ commandId: 'command-2' }));
    await slipEnded(kiosk, 'ticket-A099');
    expect(printer.slips().map((slip) => decodeSlip(slip).lines.some(({ text }) => text === 'A099'))).toEqual(
      [false, true],
    );
  });

  it.each([
    ['refused', aTake(), { ok: false as const, code: 'quota-reached' as const, retryable: false }],
    ['another command', aTake({ name: 'ticket.resume' }), { ok: true as const, revision: 4, answer: {} }],
  ])('prints nothing when it is %s', async (_, envelope, answer) => {
    const kiosk = await openKiosk();
    await answering(kiosk);
    hall.answerCommand = () => answer;
    expect(await kiosk.page.emitWithAck(wire.command, envelope)).toEqual(answer);
    expect(Object.keys(kiosk.device())).toEqual(['link', 'printer']);
    hall.answerCommand = () => unknownTicket;
    expect(await reprint(kiosk.page)).toMatchObject({ ok: false, code: 'nothing-to-print' });
    expect(printer.slips()).toEqual([]);
  });

  it('is printed from the catalogue that comes into force with it', async () => {
    const kiosk = await openKiosk();
    await answering(kiosk);
    await kiosk.page.emitWithAck(wire.join, { feed: 'terminal', key: 'hall' });
    hall.http.set('/api/v1/catalogue/2', {
      ...catalogue,
      hall: { ...catalogue.hall, hotline: '0396-99999' },
    });
    const day = { status: 'open', catalogueVersion: 2 };
    hall.feed({ feed: 'terminal', key: 'hall', after: 1, upTo: 2, whole: false, entries: { day } });
    await eventually(() => hall.httpPaths.includes('/api/v1/catalogue/2'));
    await kiosk.page.emitWithAck(wire.command, aTake());
    expect(textOf(await nextSlip())).toContain('0396-99999');
  });

  it('stands without paper when the catalogue cannot be had', async () => {
    hall.http.set('/api/v1/catalogue/1', { not: 'a catalogue' });
    const kiosk = await openKiosk();
    await answering(kiosk);
    expect(await kiosk.page.emitWithAck(wire.command, aTake())).toMatchObject({ ok: true });
    expect(await slipEnded(kiosk)).toEqual({ status: 'not-printed', reason: 'no-catalogue' });
    hall.http.set('/api/v1/catalogue/1', catalogue);
    expect(await reprint(kiosk.page)).toEqual({ ok: true, answer: { printed: true } });
  });
});

const unknownTicket = { ok: false, code: 'unknown-ticket', retryable: false } as const;

describe('a reprint', () => {
  it('is the same slip marked 补打, without a count that is no longer true', async () => {
    const kiosk = await openKiosk();
    await answering(kiosk);
    await kiosk.page.emitWithAck(wire.command, aTake());
    await nextSlip();
    expect(await reprint(kiosk.page)).toEqual({ ok: true, answer: { printed: true } });
    const slip = await nextSlip();
    expect(textOf(slip)).toContain('【补打】');
    expect(textOf(slip)).toContain('A012');
    expect(textOf(slip)).not.toContain('前面');
    expect(slip.qr).toBe(`http://10.20.0.5:8080/v/${VISIT_KEY}`);
  });

  it('can be had after the paper is back', async () => {
    const kiosk = await openKiosk();
    await answering(kiosk);
    printer.setState({ paper: 'out' });
    expect(await kiosk.page.emitWithAck(wire.command, aTake())).toMatchObject({ ok: true });
    expect(await slipEnded(kiosk)).toEqual({ status: 'not-printed', reason: 'paper-out' });
    expect(await reprint(kiosk.page)).toMatchObject({
      ok: false,
      code: 'printer-unavailable',
      details: { reason: 'paper-out' },
    });
    printer.setState({ paper: 'ok' });
    expect(await reprint(kiosk.page)).toEqual({ ok: true, answer: { printed: true } });
    expect(textOf(await nextSlip())).toContain('【补打】');
  });

  it('of a ticket that was taken elsewhere is made from what the hall says of it', async () => {
    const kiosk = await openKiosk();
    await answering(kiosk);
    const { serviceId } = aTake().payload as { serviceId: string };
    const ticket = {
      ticketId: 'ticket-B001',
      number: 'B001',
      businessDate: '2026-11-23',
      takenAt: 1_795_000_000_000,
    };
    const answer = { ...ticket, serviceId, language: 'zh', visitKey: VISIT_KEY };
    hall.answerCommand = () => ({ ok: true, revision: 1, answer });
    expect(await reprint(kiosk.page, 'ticket-B001')).toEqual({ ok: true, answer: { printed: true } });
    expect(hall.heard.at(-1)).toMatchObject({ name: wire.query, message: { name: 'slip.facts' } });
    const slip = await nextSlip();
    expect(textOf(slip)).toContain('【补打】');
    expect(textOf(slip)).toContain('B001');
    expect(slip.qr).toBe(`http://10.20.0.5:8080/v/${VISIT_KEY}`);
  });

  it.each([
    ['a ticket that nobody knows', 'unknown-ticket', 'nothing-to-print'],
    ['somebody who may not', 'not-authorised', 'not-authorised'],
  ] as const)('is refused for %s', async (_, code, told) => {
    const kiosk = await openKiosk();
    hall.answerCommand = () => ({ ok: false, code, retryable: false });
    expect(await reprint(kiosk.page, 'ticket-B001')).toMatchObject({ ok: false, code: told });
    hall.answerCommand = () => ({ ok: true, revision: 1, answer: { not: 'a ticket' } });
    expect(await reprint(kiosk.page, 'ticket-B001')).toMatchObject({ ok: false, code: 'nothing-to-print' });
  });
});

describe('the device feed', () => {
  it('says that the printer is gone, and that a slip was not printed', async () => {
    const kiosk = await openKiosk();
    await answering(kiosk);
    await printer.unplug();
    await eventually(() => kiosk.device().printer.state === 'gone');
    expect(await kiosk.page.emitWithAck(wire.command, aTake())).toMatchObject({ ok: true });
    expect(await slipEnded(kiosk)).toEqual({ status: 'not-printed', reason: 'gone' });
    await printer.replug();
    await answering(kiosk);
  });

  it('says so where there is no printer at all', async () => {
    const kiosk = await openKiosk({ printer: undefined });
    expect(kiosk.device().printer).toEqual({ state: 'none' });
    await kiosk.page.emitWithAck(wire.command, aTake());
    expect(await slipEnded(kiosk)).toEqual({ status: 'not-printed', reason: 'none' });
  });

  it('answers a page that was reloaded, and keeps the latest slips only', async () => {
    const kiosk = await openKiosk({ printer: undefined });
    for (let count = 1; count <= 40; count += 1) {
      hall.answerCommand = takes(`A${String(count).padStart(3, '0')}`);
      await kiosk.page.emitWithAck(wire.command, aTake({ commandId: `command-${count}` }));
    }
    await slipEnded(kiosk, 'ticket-A040');
    const { device } = await openPageOf(kiosk.agent);
    const slips = Object.keys(device()).filter((name) => name.startsWith('slip:'));
    expect(slips).toHaveLength(32);
    expect(device()['slip:ticket-A040']).toEqual({ status: 'not-printed', reason: 'none' });
    expect(device()).not.toHaveProperty('slip:ticket-A008');
  });
});

describe('the log', () => {
  it('names the ticket and nothing of the person', async () => {
    const kiosk = await openKiosk();
    await answering(kiosk);
    await kiosk.page.emitWithAck(wire.command, aTake({ session: 'session-token-of-a-clerk' }));
    await slipEnded(kiosk);
    await reprint(kiosk.page);
    await kiosk.page.emitWithAck(wire.command, aTake({ commandId: '!' }));
    const written = kiosk.lines.join('\n');
    expect(written).toContain('ticket-A012');
    for (const secret of [VISIT_KEY, 'session-token-of-a-clerk', 'device-token-0123456789']) {
      expect(written).not.toContain(secret);
    }
  });
});
