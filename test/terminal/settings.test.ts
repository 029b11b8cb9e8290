import { mkdtempSync, rmSync, statSync, writeFileSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { callerSettingsSchema } from '#caller-display/agent/caller-settings.ts';
import { kioskSettingsSchema } from '#kiosk/agent/kiosk-settings.ts';
import { createDeviceFile } from '#terminal/adapters/device-file.ts';
import { createNodeSystem } from '#terminal/adapters/node-system.ts';
import { ensureDevice } from '#terminal/enrolment.ts';
import { parseSettings } from '#terminal/settings/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'tinghao-settings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const least = { TINGHAO_HALL_URL: 'http://10.0.0.5:8080' };
const file = (value: unknown) => ({ path: 'tinghao.json', text: JSON.stringify(value) });

describe('settings', () => {
  it('come from the environment over the file, with what is usual for the rest', () => {
    const settings = parseSettings(kioskSettingsSchema, {
      file: file({
        hallUrl: 'http://hall.local',
        tokenFile: 'a.json',
        printerBaud: 115_200,
        paperWidthMm: 58,
      }),
      env: { TINGHAO_HALL_URL: 'https://10.0.0.5', TINGHAO_PORT: '4200', PATH: '/bin' },
    });
    expect(settings).toEqual({
      hallUrl: 'https://10.0.0.5',
      tokenFile: 'a.json',
      port: 4200,
      page: 'kiosk',
      printerBaud: 115_200,
      paperWidthMm: 58,
      logLevel: 'info',
    });
    expect(parseSettings(callerSettingsSchema, { env: least })).toMatchObject({ page: 'caller', port: 4102 });
  });

  it.each([
    ['hallUrl', 'TINGHAO_HALL_URL', 'ftp://hall'],
    ['hallUrl', 'TINGHAO_HALL_URL', 'hall'],
    ['port', 'TINGHAO_PORT', '70000'],
    ['port', 'TINGHAO_PORT', 'many'],
    ['page', 'TINGHAO_PAGE', 'admin'],
    ['printerBaud', 'TINGHAO_PRINTER_BAUD', '0'],
    ['paperWidthMm', 'TINGHAO_PAPER_WIDTH_MM', '60'],
    ['logLevel', 'TINGHAO_LOG_LEVEL', 'loud'],
  ])('name %s (%s) when it is %s', (setting, variable, value) => {
    const parse = () => parseSettings(kioskSettingsSchema, { env: { ...least, [variable]: value } });
    expect(parse).toThrow(`Setting ${setting} (${variable}): `);
  });

  it('name every one that is wrong, and those that do not exist', () => {
    const parse = () => parseSettings(kioskSettingsSchema, { file: file({ port: -1, prot: 1 }), env: {} });
    expect(parse).toThrow(/Setting hallUrl [^]*Setting port [^]*Setting prot: there is no such/);
  });

  it.each(['{', '[]', 'null'])('say that the file is wrong when it holds %s', (text) => {
    const parse = () =>
      parseSettings(kioskSettingsSchema, { file: { path: 'tinghao.json', text }, env: least });
    expect(parse).toThrow('Settings file tinghao.json: ');
  });
});

describe('enrolment', () => {
  const device = { deviceId: 'device-1', token: 'device-token-0123456789', kind: 'kiosk' as const };

  function enrol(path: string, answer: { status: number; body: unknown } | 'unreachable', code?: string) {
    const asked: unknown[] = [];
    const enrolled = ensureDevice({
      hallUrl: 'http://10.0.0.5:8080/',
      enrolmentCode: code,
      store: createDeviceFile(path),
      system: {
        ...createNodeSystem(),
        fetchText: async (url, { method, body }) => {
          asked.push([method, url, body]);
          if (answer === 'unreachable') throw new Error('connect ECONNREFUSED');
          return { status: answer.status, body: JSON.stringify(answer.body) };
        },
      },
    });
    return { enrolled, asked };
  }

  it('exchanges the code at the first start, and keeps the token for its owner alone', async () => {
    const path = join(folder, 'new', 'token.json');
    const first = enrol(path, { status: 200, body: device }, 'CODE-1234');
    expect(await first.enrolled).toEqual(device);
    expect(first.asked).toEqual([
      ['POST', 'http://10.0.0.5:8080/api/v1/devices/enrol', '{"code":"CODE-1234"}'],
    ]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const second = enrol(path, 'unreachable', 'CODE-1234');
    expect(await second.enrolled).toEqual(device);
    expect(second.asked).toEqual([]);
  });

  it.each([
    [
      'no code',
      undefined,
      { status: 200, body: device },
      /enrolmentCode \(TINGHAO_ENROLMENT_CODE\).*makes a code/,
    ],
    [
      'a code that the hall refuses',
      'CODE-0000',
      { status: 401, body: {} },
      /enrolmentCode .*refused it \(401\)/,
    ],
    [
      'a hall that is not there',
      'CODE-1234',
      'unreachable',
      /hallUrl \(TINGHAO_HALL_URL\).*cannot be reached/,
    ],
  ] as const)('says which setting is wrong with %s', async (_, code, answer, message) => {
    const path = join(folder, 'absent.json');
    await expect(enrol(path, answer, code).enrolled).rejects.toThrow(message);
  });

  it('refuses a token that others can read, and a file that holds none', () => {
    const path = join(folder, 'open.json');
    writeFileSync(path, JSON.stringify(device));
    chmodSync(path, 0o644);
    expect(() => createDeviceFile(path).load()).toThrow(/tokenFile \(TINGHAO_TOKEN_FILE\).*chmod 600/);
    chmodSync(path, 0o600);
    expect(createDeviceFile(path).load()).toEqual(device);
    writeFileSync(path, '{"token":');
    expect(() => createDeviceFile(path).load()).toThrow(/does not hold an identity/);
  });
});
