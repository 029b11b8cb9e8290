import { describe, expect, test } from 'vitest';
import { createVisit } from '#kiosk/screens/visit.ts';
import type { TakePayload } from '#screen/hall/take-attempts.ts';
import type { TakenTicket } from '#kiosk/screens/visit.ts';
import type { RefusalCode } from '#protocol/errors.ts';
import type { CommandAnswer } from '#protocol/wire.ts';

type Answer = CommandAnswer<TakenTicket>;

const taken: Answer = {
  ok: true,
  revision: 7,
  answer: {
    ticketId: 'ticket-1',
    number: 'A001',
    serviceId: 'deeds',
    classId: 'ordinary',
    businessDate: '2026-11-23',
    takenAt: 0,
    peopleAhead: 3,
  },
};
const refusal = (code: RefusalCode, retryable: boolean): Answer => ({ ok: false, code, retryable });

/** A visit whose hall answers when the test says so. */
function aVisit() {
  const sent: {
    readonly payload: TakePayload;
    readonly commandId: string;
    readonly answer: (answer: Answer) => void;
  }[] = [];
  let keys = 0;
  const visit = createVisit({
    take: (payload, commandId) => new Promise((answer) => sent.push({ payload, commandId, answer })),
    newKey: () => `key-${(keys += 1)}`,
  });
  const status = () => visit.step.value.status;
  async function take(answer: Answer): Promise<void> {
    const asked = visit.take('zh');
    sent.at(-1)?.answer(answer);
    await asked;
  }
  return { ...visit, sent, status, takeAnd: take };
}

describe('the way to a number', () => {
  test('from the home screen it is two taps', async () => {
    const visit = aVisit();
    visit.chooseService('deeds');
    await visit.takeAnd(taken);
    expect(visit.step.value).toMatchObject({
      status: 'number',
      ticket: { number: 'A001' },
      visitKey: 'key-2',
    });
  });

  test('a double tap is one command', async () => {
    const visit = aVisit();
    visit.chooseService('deeds');
    const both = [visit.take('zh'), visit.take('zh')];
    expect(visit.status()).toBe('taking');
    visit.sent[0]?.answer(taken);
    await Promise.all(both);
    expect(visit.sent).toHaveLength(1);
  });

  test('back leads where one came from, and keeps the answers', () => {
    const visit = aVisit();
    visit.chooseZone('general');
    visit.rememberScroll('general', 840);
    visit.chooseService('deeds');
    visit.askPriority();
    visit.choosePriority('senior');
    expect(visit.status()).toBe('confirm');
    visit.back();
    expect(visit.step.value).toEqual({ status: 'zone', zoneId: 'general' });
    expect(visit.scrolls.value.get('general')).toBe(840);
    visit.chooseService('fund');
    expect(visit.classId.value).toBe('senior');
    visit.back();
    visit.back();
    expect(visit.status()).toBe('home');
  });

  test('what was claimed is what is sent', async () => {
    const visit = aVisit();
    visit.chooseService('deeds');
    visit.askPriority();
    visit.choosePriority('senior');
    await visit.takeAnd(taken);
    expect(visit.sent[0]?.payload).toEqual({
      serviceId: 'deeds',
      classId: 'senior',
      language: 'zh',
      visitKey: 'key-2',
    });
  });
});

describe('a refusal', () => {
  test('is shown, and back leads to the confirmation', async () => {
    const visit = aVisit();
    visit.chooseService('deeds');
    await visit.takeAnd(refusal('quota-reached', false));
    expect(visit.step.value).toMatchObject({ status: 'refused', refusal: { code: 'quota-reached' } });
    visit.back();
    expect(visit.step.value).toEqual({ status: 'confirm', serviceId: 'deeds', from: { status: 'home' } });
  });

  test('that may hide a number already taken is tried again as the same command', async () => {
    const visit = aVisit();
    visit.chooseService('deeds');
    await visit.takeAnd(refusal('hall-unreachable', true));
    expect(visit.hallDidNotAnswer.value).toBe(true);
    await visit.takeAnd(taken);
    expect(visit.sent[1]).toMatchObject({
      commandId: visit.sent[0]?.commandId,
      payload: visit.sent[0]?.payload,
    });
    expect(visit.hallDidNotAnswer.value).toBe(false);
  });

  test('that was heard is tried again as another command: the hall repeats its answer to the same one', async () => {
    const visit = aVisit();
    visit.chooseService('deeds');
    await visit.takeAnd(refusal('service-closed-now', false));
    await visit.takeAnd(taken);
    expect(visit.sent[1]?.commandId).not.toBe(visit.sent[0]?.commandId);
    expect(visit.status()).toBe('number');
  });

  test('by a hall whose disk is away may hide a number, too: it cannot look up what it has written', async () => {
    const visit = aVisit();
    visit.chooseService('deeds');
    await visit.takeAnd(refusal('storage-unavailable', true));
    expect(visit.hallDidNotAnswer.value).toBe(false);
    await visit.takeAnd(taken);
    expect(visit.sent[1]?.commandId).toBe(visit.sent[0]?.commandId);
  });

  test('then something else is another command', async () => {
    const visit = aVisit();
    visit.chooseService('deeds');
    await visit.takeAnd(refusal('hall-unreachable', true));
    visit.askPriority();
    visit.choosePriority('senior');
    await visit.takeAnd(taken);
    expect(visit.sent[1]?.commandId).not.toBe(visit.sent[0]?.commandId);
  });
});

describe('a visitor who has gone', () => {
  test('leaves nothing behind', () => {
    const visit = aVisit();
    visit.chooseZone('general');
    visit.rememberScroll('general', 840);
    visit.chooseService('deeds');
    visit.askPriority();
    visit.choosePriority('senior');
    visit.startOver();
    expect(visit.step.value).toEqual({ status: 'home' });
    expect(visit.classId.value).toBe('ordinary');
    expect(visit.scrolls.value.size).toBe(0);
    expect(visit.visitor.value).toBe(2);
  });

  test('is not shown to the next one when the answer comes late', async () => {
    const visit = aVisit();
    visit.chooseService('deeds');
    const asked = visit.take('zh');
    visit.startOver();
    visit.sent[0]?.answer(taken);
    await asked;
    expect(visit.status()).toBe('home');
  });

  test('does not share a command with the next one', async () => {
    const visit = aVisit();
    visit.chooseService('deeds');
    await visit.takeAnd(refusal('hall-unreachable', true));
    visit.startOver();
    visit.chooseService('deeds');
    await visit.takeAnd(taken);
    expect(visit.sent[1]?.commandId).not.toBe(visit.sent[0]?.commandId);
    expect(visit.sent[1]?.payload.visitKey).not.toBe(visit.sent[0]?.payload.visitKey);
  });
});
