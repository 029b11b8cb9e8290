import { describe, expect, it } from 'vitest';
import { indexCatalogue } from '#domain/catalogue/index.ts';
import type { Command } from '#domain/commands/schemas.ts';
import type { Role } from '#domain/decide/context.ts';
import type { Hall } from '#domain/hall/state.ts';
import { sha256 } from '#hall-server/journal/chain.ts';
import type { Submitted } from '#hall-server/writer/batch.ts';
import { createWriter, type Writer } from '#hall-server/writer/writer.ts';
import {
  createModelDisk,
  createModelJournal,
  type Fault,
  type ModelDisk,
} from '#test/simulation/model-journal.ts';
import { aCatalogue } from '#test/support/builders.ts';
import { dumpHall } from '#test/support/dump.ts';
import { MONDAY } from '#test/support/hall-day.ts';

const NINE = Date.UTC(2026, 10, 23, 1);

function aCommand(commandId: string, command: Command, role: Role = 'hall', clerk?: string): Submitted {
  const by = { device: 'device-1', via: 'socket', ...(clerk ? { clerk } : {}) } as const;
  return { command, commandId, payloadHash: sha256(JSON.stringify(command)), by, role };
}
const take = (commandId: string, serviceId = 'deeds'): Submitted =>
  aCommand(
    commandId,
    {
      name: 'ticket.take',
      payload: { serviceId, classId: 'ordinary', language: 'zh', visitKey: commandId.padEnd(22, 'k') },
    },
    'kiosk',
  );

interface Rig {
  readonly writer: Writer;
  readonly disk: ModelDisk;
  readonly troubles: unknown[];
  readonly commits: number[];
  /** Folded afresh this often, the start included. */
  readonly folded: Hall[];
  /** Faults of the next appends, in order. */
  readonly faults: Fault[];
  isGone: boolean;
  /** Lets the disk finish what it is writing. */
  readonly syncs: (() => void)[];
  holdsSync: boolean;
}

async function aRig({
  maxBatch,
  disk = createModelDisk('log-1'),
}: { maxBatch?: number; disk?: ModelDisk } = {}): Promise<Rig> {
  const index = indexCatalogue(1, aCatalogue());
  const rig = {
    disk,
    troubles: [],
    commits: [],
    folded: [],
    faults: [],
    syncs: [],
    isGone: false,
    holdsSync: false,
  } as unknown as Rig;
  let ids = 0;
  const journal = createModelJournal({
    disk,
    nextFault: () => rig.faults.shift() ?? 'none',
    isGone: () => rig.isGone,
    sync: async () => {
      if (rig.holdsSync) await new Promise<void>((resolve) => rig.syncs.push(resolve));
    },
  });
  const writer = await createWriter({
    journal,
    catalogueOf: () => index,
    now: () => NINE,
    newId: () => `id-${String((ids += 1)).padStart(4, '0')}-${disk.rows.length}`,
    defer: (run) => void Promise.resolve().then(run),
    onCommitted: (events) => void rig.commits.push(events.length),
    onFolded: (hall) => void rig.folded.push(hall),
    onTrouble: (error) => void rig.troubles.push(error),
    ...(maxBatch === undefined ? {} : { maxBatch }),
  });
  return Object.assign(rig, { writer });
}

async function anOpenHall(options: Parameters<typeof aRig>[0] = {}): Promise<Rig> {
  const rig = await aRig(options);
  await rig.writer.submit(aCommand('publish', { name: 'catalogue.publish', payload: { version: 1 } }));
  await rig.writer.submit(aCommand('open', { name: 'day.open', payload: { businessDate: MONDAY } }));
  rig.commits.length = 0;
  return rig;
}

const issued = (rig: Rig): Promise<number | undefined> =>
  rig.writer.settled(({ current }) => current?.totals.issued);
/** Every promise that can go on has gone on. */
const turns = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('group commit', () => {
  it('puts what arrives in one turn into one commit, each with its own answer', async () => {
    const rig = await anOpenHall();
    const answers = await Promise.all(['t-1', 't-2', 't-3'].map((id) => rig.writer.submit(take(id))));
    expect(rig.commits).toEqual([3]);
    expect(answers).toMatchObject([
      { ok: true, revision: 3, answer: { number: 'A001' } },
      { ok: true, revision: 4, answer: { number: 'A002' } },
      { ok: true, revision: 5, answer: { number: 'A003' } },
    ]);
  });

  it('takes no more than a batch at once', async () => {
    const rig = await anOpenHall({ maxBatch: 2 });
    await Promise.all(['t-1', 't-2', 't-3'].map((id) => rig.writer.submit(take(id))));
    expect(rig.commits).toEqual([2, 1]);
  });

  it('writes nothing for a refusal', async () => {
    const rig = await anOpenHall();
    expect(await rig.writer.submit(take('t-1', 'fishing'))).toMatchObject({
      ok: false,
      code: 'unknown-service',
      retryable: false,
    });
    expect(rig.commits).toEqual([]);
    expect(rig.disk.answers.has('t-1')).toBe(false);
  });

  it('keeps the visit key out of the log', async () => {
    const rig = await anOpenHall();
    await rig.writer.submit(take('t-1'));
    expect(rig.disk.rows.map(({ text }) => text).join('')).not.toContain('t-1kkk');
    expect([...rig.disk.visits.values()]).toEqual(['t-1'.padEnd(22, 'k')]);
  });
});

describe('the wait for the disk', () => {
  it('nothing is answered, published or read before the commit', async () => {
    const rig = await anOpenHall();
    // Until the writer is idle, a read may still be served from before the command.
    await turns();
    rig.holdsSync = true;
    const heard: string[] = [];
    const answered = rig.writer.submit(take('t-1')).then(() => heard.push('answer'));
    const read = rig.writer.settled(({ current }) => heard.push(`issued ${current?.totals.issued}`));
    await turns();
    expect([...heard, ...rig.commits]).toEqual([]);
    expect(rig.syncs).toHaveLength(1);
    rig.syncs[0]?.();
    await Promise.all([answered, read]);
    expect(heard.toSorted()).toEqual(['answer', 'issued 1']);
    expect(rig.commits).toEqual([1]);
  });

  it('a command that comes meanwhile goes into the next commit', async () => {
    const rig = await anOpenHall();
    rig.holdsSync = true;
    const first = rig.writer.submit(take('t-1'));
    await turns();
    const second = rig.writer.submit(take('t-2'));
    await turns();
    expect(rig.syncs).toHaveLength(1);
    rig.holdsSync = false;
    rig.syncs[0]?.();
    await Promise.all([first, second]);
    expect(rig.commits).toEqual([1, 1]);
  });
});

describe('a bug in the rules', () => {
  it('is refused alone: the others of its batch are decided, and the hall goes on', async () => {
    const rig = await anOpenHall();
    const broken = {
      ...take('t-2'),
      command: { name: 'ticket.take', payload: null },
    } as unknown as Submitted;
    const [first, bug, last] = await Promise.all(
      [take('t-1'), broken, take('t-3')].map((c) => rig.writer.submit(c)),
    );
    expect([first?.ok, last?.ok]).toEqual([true, true]);
    expect(bug).toMatchObject({ ok: false, code: 'program-fault', retryable: false });
    expect(await issued(rig)).toBe(2);
    expect(rig.troubles).toHaveLength(1);
  });
});

describe('a refused command', () => {
  it('hears the same when it arrives once more, although it could be done by now', async () => {
    const rig = await anOpenHall();
    const close = aCommand('close-1', { name: 'day.close', payload: { businessDate: '2026-11-30' } });
    const refusal = await rig.writer.submit(close);
    expect(refusal).toMatchObject({ ok: false, code: 'day-not-open' });
    await rig.writer.submit(aCommand('roll', { name: 'day.rollOver', payload: { to: '2026-11-30' } }));
    expect(await rig.writer.submit(close)).toEqual(refusal);
    expect(await rig.writer.submit({ ...close, commandId: 'close-2' })).toMatchObject({ ok: true });
  });

  it('does not have another, under the same id, told the same', async () => {
    const rig = await anOpenHall();
    const twins = [take('t-1', 'fishing'), take('t-1')].map((command) => rig.writer.submit(command));
    const told = [...(await Promise.all(twins)), await rig.writer.submit(take('t-1'))];
    const reused = { ok: false, code: 'command-id-reused' };
    expect(told).toMatchObject([{ ok: false, code: 'unknown-service' }, reused, reused]);
  });
});

describe('a refusal that stood on what the disk did not take', () => {
  it('is forgotten with it', async () => {
    const rig = await anOpenHall();
    rig.faults.push('disk-full');
    const close = aCommand('close-1', { name: 'day.close', payload: { businessDate: '2026-11-23' } });
    const lost = await Promise.all([rig.writer.submit(close), rig.writer.submit(take('t-1'))]);
    expect(lost).toMatchObject([{ code: 'storage-unavailable' }, { code: 'storage-unavailable' }]);
    expect(await rig.writer.submit(take('t-1'))).toMatchObject({ ok: true, answer: { number: 'A001' } });
  });
});

describe('a resend', () => {
  it('gets the same answer: in the same batch, later, and after a restart', async () => {
    const rig = await anOpenHall();
    const [first, twin] = await Promise.all([rig.writer.submit(take('t-1')), rig.writer.submit(take('t-1'))]);
    expect(twin).toEqual(first);
    expect(await rig.writer.submit(take('t-1'))).toEqual(first);
    const restarted = await aRig({ disk: rig.disk });
    expect(await restarted.writer.submit(take('t-1'))).toEqual(first);
    expect(await issued(restarted)).toBe(1);
    // It was looked up: the table's own UNIQUE would have found it too, at the price of a failed commit and a refold.
    expect([rig.commits, rig.troubles, restarted.troubles]).toEqual([[1], [], []]);
  });

  it('with another payload is refused, and changes nothing', async () => {
    const rig = await anOpenHall();
    await rig.writer.submit(take('t-1'));
    expect(await rig.writer.submit(take('t-1', 'fund'))).toMatchObject({
      ok: false,
      code: 'command-id-reused',
    });
    const twins = await Promise.all([rig.writer.submit(take('t-2')), rig.writer.submit(take('t-2', 'fund'))]);
    expect(twins).toMatchObject([{ ok: true }, { ok: false, code: 'command-id-reused' }]);
    expect(await issued(rig)).toBe(2);
  });
});

describe('a failing disk', () => {
  it.each(['disk-full', 'fails-before'] as const)(
    '%s: refused, nothing half-written, and service resumes by itself',
    async (fault) => {
      const rig = await anOpenHall();
      rig.faults.push(fault);
      const refused = await Promise.all([rig.writer.submit(take('t-1')), rig.writer.submit(take('t-2'))]);
      expect(refused).toMatchObject(
        refused.map(() => ({ ok: false, code: 'storage-unavailable', retryable: true })),
      );
      expect(rig.troubles).toHaveLength(1);
      expect(await issued(rig)).toBe(0);
      expect(await rig.writer.submit(take('t-1'))).toMatchObject({ ok: true, answer: { number: 'A001' } });
    },
  );

  it('an answer that never came: what was written counts, and is answered', async () => {
    const rig = await anOpenHall();
    rig.faults.push('lost-answer');
    const [first, refusedOne] = await Promise.all([
      rig.writer.submit(take('t-1')),
      rig.writer.submit(take('t-2', 'fishing')),
    ]);
    expect(first).toMatchObject({ ok: true, revision: 3, answer: { number: 'A001' } });
    expect(refusedOne).toMatchObject({ ok: false, code: 'storage-unavailable' });
    expect(await rig.writer.submit(take('t-1'))).toEqual(first);
    expect(await issued(rig)).toBe(1);
  });

  it('does not give one sender the answer of another who used the same id', async () => {
    const rig = await anOpenHall();
    rig.faults.push('lost-answer');
    const twins = await Promise.all([rig.writer.submit(take('t-1')), rig.writer.submit(take('t-1', 'fund'))]);
    expect(twins).toMatchObject([{ ok: true }, { ok: false, code: 'command-id-reused' }]);
  });

  it('a disk that is gone: nobody is told anything, until the first who asks finds it back', async () => {
    const rig = await anOpenHall();
    rig.isGone = true;
    expect(await rig.writer.submit(take('t-1'))).toMatchObject({ ok: false, code: 'storage-unavailable' });
    expect(await issued(rig)).toBeUndefined();
    rig.isGone = false;
    // A display asks; no command has to come first.
    expect(await issued(rig)).toBe(0);
    expect(await rig.writer.submit(take('t-1'))).toMatchObject({ ok: true, answer: { number: 'A001' } });
  });

  it('throws the working hall away: what is read afterwards is what the log tells', async () => {
    const rig = await anOpenHall();
    await rig.writer.submit(take('t-1'));
    rig.faults.push('disk-full');
    await rig.writer.submit(take('t-2'));
    const again = await aRig({ disk: rig.disk });
    expect(await rig.writer.settled(dumpHall)).toBe(await again.writer.settled(dumpHall));
    expect(rig.folded).toHaveLength(2);
  });
});

describe('an end', () => {
  it('answers what is in hand, and takes no more', async () => {
    const rig = await anOpenHall();
    const inHand = rig.writer.submit(take('t-1'));
    const closed = rig.writer.close();
    expect(await rig.writer.submit(take('t-2'))).toMatchObject({ ok: false, code: 'server-stopping' });
    expect(await inHand).toMatchObject({ ok: true });
    await closed;
    expect(rig.disk.rows).toHaveLength(3);
  });
});

describe('a log that contradicts itself', () => {
  it('is not started from', async () => {
    const rig = await anOpenHall();
    await rig.writer.submit(take('t-1'));
    rig.disk.rows.splice(1, 1);
    await expect(aRig({ disk: rig.disk })).rejects.toThrow('does not follow revision 1');
  });
});
