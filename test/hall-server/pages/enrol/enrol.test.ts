import { describe, expect, test } from 'vitest';
import { deviceKinds } from '#protocol/queries.ts';
import { enrol } from '#hall-server/pages/enrol/adapters/enrol.ts';
import { asCode, isWholeCode } from '#hall-server/pages/enrol/code.ts';
import { pagesOf } from '#hall-server/pages/enrol/pages-of.ts';
import { safeNext } from '#hall-server/pages/enrol/safe-next.ts';

describe('the code', () => {
  test.each([
    ['ab', 'AB'],
    ['ab3d', 'AB3D'],
    ['ab3d9', 'AB3D-9'],
    ['AB3D-9XYZ', 'AB3D-9XYZ'],
    [' ab3d 9xyz more', 'AB3D-9XYZ'],
    ['ａｂ3d９xyz', 'AB3D-9XYZ'],
    ['码—!', ''],
  ])('%j is written %j', (typed, code) => {
    expect(asCode(typed)).toBe(code);
  });

  test('is whole with its eight places', () => {
    expect(isWholeCode('AB3D-9XY')).toBe(false);
    expect(isWholeCode('AB3D-9XYZ')).toBe(true);
  });
});

describe('where to go on', () => {
  const ORIGIN = 'http://hall.local:8080';

  test.each(['/board/', '/display/?zone=tax', '/sign/?counter=a12#x'])('%s is of this hall', (next) => {
    expect(safeNext(next, ORIGIN)).toBe(next);
  });

  test.each([
    null,
    '',
    'board/',
    'https://elsewhere.example/',
    '//elsewhere.example/',
    '/\\elsewhere.example/',
    '/\t/elsewhere.example/',
    'javascript:alert(1)',
    '/enrol/?next=/enrol/',
  ])('%j is not', (next) => {
    expect(safeNext(next, ORIGIN)).toBeUndefined();
  });

  test('every kind of device has a page', () => {
    for (const kind of deviceKinds) expect(pagesOf(kind).length).toBeGreaterThan(0);
  });
});

describe('spending the code', () => {
  test('asks for a cookie and brings the device', async () => {
    let body: unknown;
    const answer = await enrol('AB3D-9XYZ', (_url, init) => {
      body = JSON.parse(init?.body as string);
      return Promise.resolve(Response.json({ deviceId: 'd-1', kind: 'display', name: 'east' }));
    });
    expect(body).toEqual({ code: 'AB3D-9XYZ', browser: true });
    expect(answer).toEqual({ ok: true, device: { deviceId: 'd-1', kind: 'display', name: 'east' } });
  });

  test('tells a wrong code from a hall that is away', async () => {
    const refused = { ok: false, code: 'code-invalid', retryable: false };
    expect(await enrol('X', () => Promise.resolve(Response.json(refused, { status: 401 })))).toEqual({
      ok: false,
      code: 'code-invalid',
    });
    expect(await enrol('X', () => Promise.reject(new TypeError('cut')))).toEqual({
      ok: false,
      code: 'hall-unreachable',
    });
    expect(await enrol('X', () => Promise.resolve(new Response('<html>', { status: 502 })))).toEqual({
      ok: false,
      code: 'hall-unreachable',
    });
  });
});
