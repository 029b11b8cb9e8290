import { expect, test } from 'vitest';
import { displayParameters } from '#screen/display/display-parameters.ts';

test('a bare address is the whole hall on 55 inches at 15 m, in the language that was last chosen', () => {
  expect(displayParameters('')).toEqual({
    zoneId: undefined,
    counterId: undefined,
    language: undefined,
    diagonalInches: 55,
    distanceM: 15,
  });
});

test('reads what an installer writes', () => {
  expect(displayParameters('?zone=tax&lang=en&diagonal=75&distance=22.5')).toMatchObject({
    zoneId: 'tax',
    language: 'en',
    diagonalInches: 75,
    distanceM: 22.5,
  });
  expect(displayParameters('?counter=a01&lang=zh')).toMatchObject({ counterId: 'a01', language: 'zh-CN' });
});

test.each([
  '?diagonal=0',
  '?diagonal=-3',
  '?diagonal=wide',
  '?diagonal=',
  '?diagonal=1e9',
  '?diagonal=Infinity',
])('%s is left out', (search) => {
  expect(displayParameters(search).diagonalInches).toBe(55);
});

test('a language that the product does not speak is left out', () => {
  expect(displayParameters('?lang=fr').language).toBeUndefined();
  expect(displayParameters('?zone=&lang=').zoneId).toBeUndefined();
});
