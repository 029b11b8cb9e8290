import { describe, expect, test } from 'vitest';
import type { DeviceRow } from '#protocol/queries.ts';
import { sendCatalogue } from '#hall-server/pages/admin/adapters/import-catalogue.ts';
import {
  CATALOGUE_FILES,
  chooseFiles,
  toBase64,
} from '#hall-server/pages/admin/catalogue/catalogue-files.ts';
import { isPassword, readClerkForm } from '#hall-server/pages/admin/clerks/clerk-form.ts';
import { daySteps } from '#hall-server/pages/admin/day/day-acts.ts';
import { deviceStateOf, devicesToShow, timeLeft } from '#hall-server/pages/admin/devices/device-rows.ts';
import { sectionOf, sectionsFor } from '#hall-server/pages/admin/sections.ts';

describe('sections', () => {
  test('the address names one, anything else is the first', () => {
    expect(sectionOf('#clerks')).toBe('clerks');
    expect(sectionOf('#nothing')).toBe('devices');
    expect(sectionOf('')).toBe('devices');
  });

  test('the day is for managers', () => {
    expect(sectionsFor(['admin'])).toEqual(['devices', 'clerks', 'catalogue']);
    expect(sectionsFor(['admin', 'manager'])).toContain('day');
  });
});

describe('devices', () => {
  const device = (id: string, changes: Partial<DeviceRow> = {}): DeviceRow => ({
    id,
    kind: 'kiosk',
    name: id,
    enrolledAt: 1,
    connected: true,
    ...changes,
  });

  test('are connected, away or revoked; a revoked one is never called connected', () => {
    expect(deviceStateOf(device('a'))).toBe('connected');
    expect(deviceStateOf(device('a', { connected: false }))).toBe('away');
    expect(deviceStateOf(device('a', { revokedAt: 5 }))).toBe('revoked');
  });

  test('revoked ones are shown last, and only when asked for', () => {
    const rows = [
      device('gone', { revokedAt: 9, enrolledAt: 9 }),
      device('old'),
      device('new', { enrolledAt: 5 }),
    ];
    expect(devicesToShow(rows, false).map(({ id }) => id)).toEqual(['new', 'old']);
    expect(devicesToShow(rows, true).map(({ id }) => id)).toEqual(['new', 'old', 'gone']);
  });

  test.each([
    [1, '0:01'],
    [61_000, '1:01'],
    [3_600_000, '1:00:00'],
    [86_399_000, '23:59:59'],
    [0, undefined],
    [-5, undefined],
  ])('%s ms left reads %s', (ms, words) => {
    expect(timeLeft(1_000_000 + ms, 1_000_000)).toBe(words);
  });
});

describe('a new clerk', () => {
  const form = {
    login: ' Clerk-A12 ',
    name: ' 张三 ',
    roles: ['manager', 'clerk'] as const,
    password: 'long-enough',
  };

  test('is read as the contract wants it', () => {
    expect(readClerkForm(form)).toEqual({
      ok: true,
      clerk: { login: 'clerk-a12', name: '张三', roles: ['clerk', 'manager'], password: 'long-enough' },
    });
  });

  test('names the fields that the hall would refuse', () => {
    const read = readClerkForm({ login: '李四', name: ' ', roles: [], password: 'short' });
    expect(read.ok).toBe(false);
    expect(read.ok ? [] : [...read.wrong].sort()).toEqual(['login', 'name', 'password', 'roles']);
  });

  test('a password has eight characters', () => {
    expect(isPassword('1234567')).toBe(false);
    expect(isPassword('12345678')).toBe(true);
  });
});

describe('the files of a catalogue', () => {
  test('are those of the reference hall', () => {
    const reference = Object.keys(import.meta.glob('../../../../hall-server/reference-hall/*.csv'));
    expect(reference.map((path) => path.split('/').at(-1)).sort()).toEqual([...CATALOGUE_FILES].sort());
  });

  test('may be chosen one by one; the newest of a name counts, and strangers are named', () => {
    const first = chooseFiles(
      [],
      [
        { name: 'zones.csv', mark: 1 },
        { name: 'notes.txt', mark: 1 },
      ],
    );
    expect(first.strange).toEqual(['notes.txt']);
    expect(first.missing).toHaveLength(CATALOGUE_FILES.length - 1);
    const second = chooseFiles(
      [...first.files.values()],
      [
        { name: 'Zones.CSV', mark: 2 },
        { name: 'units.csv', mark: 2 },
      ],
    );
    expect([...second.files].map(([name, { mark }]) => [name, mark])).toEqual([
      ['zones.csv', 2],
      ['units.csv', 2],
    ]);
    expect(second.strange).toEqual([]);
  });

  test('large ones become the same base64 as in one piece', () => {
    const bytes = Uint8Array.from({ length: 30_001 }, (_, at) => (at * 7) % 256);
    expect(Uint8Array.from(atob(toBase64(bytes)), (letter) => letter.charCodeAt(0))).toEqual(bytes);
  });
});

describe('importing a catalogue', () => {
  const files = new Map([['zones.csv', new Blob(['id\n'])]]);

  test('sends every file under the session and brings what the hall found', async () => {
    const problem = { file: 'zones.csv', row: 2, code: 'bad-value', zh: '错', en: 'bad' };
    let sent: Request | undefined;
    const answer = await sendCatalogue(files, 'token-1', (url, init) => {
      sent = new Request(new URL(url as string, 'http://hall'), init);
      return Promise.resolve(
        Response.json(
          { ok: false, code: 'catalogue-invalid', retryable: false, problems: [problem] },
          { status: 422 },
        ),
      );
    });
    expect(sent?.headers.get('authorization')).toBe('Bearer token-1');
    expect(await sent?.json()).toEqual({ files: { 'zones.csv': btoa('id\n') } });
    expect(answer).toEqual({ ok: false, code: 'catalogue-invalid', problems: [problem] });
  });

  test('a hall that cannot be reached, or answers in other words, is a refusal', async () => {
    expect(await sendCatalogue(files, 't', () => Promise.reject(new TypeError('cut')))).toEqual({
      ok: false,
      code: 'hall-unreachable',
    });
    expect(await sendCatalogue(files, 't', () => Promise.resolve(new Response('<html>')))).toEqual({
      ok: false,
      code: 'hall-unreachable',
    });
    expect(
      await sendCatalogue(files, 't', () =>
        Promise.resolve(Response.json({ ok: false, code: 'not-authorised' })),
      ),
    ).toEqual({ ok: false, code: 'not-authorised' });
  });
});

describe('what can be done with the day', () => {
  const rules = { timeZone: 'Asia/Shanghai', rollOverAt: '03:00' };
  /** 23 November 2026, 09:00 in the hall. */
  const MORNING = Date.UTC(2026, 10, 23, 1);
  const day = (changes: object) => ({ status: 'open', catalogueVersion: 1, ...changes }) as never;

  test('none is open: today is opened', () => {
    expect(daySteps(day({ status: 'none' }), rules, MORNING)).toEqual([{ act: 'open', date: '2026-11-23' }]);
  });

  test('before the roll-over, today is still yesterday', () => {
    expect(daySteps(day({ status: 'none' }), rules, MORNING - 8 * 3_600_000)).toEqual([
      { act: 'open', date: '2026-11-22' },
    ]);
  });

  test('an open day is closed, the next opened ahead, or gone over to', () => {
    expect(daySteps(day({ businessDate: '2026-11-23' }), rules, MORNING)).toEqual([
      { act: 'close', date: '2026-11-23' },
      { act: 'open', date: '2026-11-24' },
      { act: 'rollOver', date: '2026-11-24' },
    ]);
  });

  test('a day opened ahead is not opened again', () => {
    const steps = daySteps(day({ businessDate: '2026-11-23', nextDate: '2026-11-24' }), rules, MORNING);
    expect(steps.map(({ act }) => act)).toEqual(['close', 'rollOver']);
  });

  test('a closed day gives way to the next', () => {
    const steps = daySteps(day({ status: 'closed', businessDate: '2026-11-23' }), rules, MORNING);
    expect(steps[0]).toEqual({ act: 'rollOver', date: '2026-11-24' });
  });

  test('a day left open for a week is changed to today, not to the day after', () => {
    expect(daySteps(day({ businessDate: '2026-11-16' }), rules, MORNING)[0]).toEqual({
      act: 'rollOver',
      date: '2026-11-23',
    });
  });
});
