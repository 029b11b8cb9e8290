import { expect, test } from 'vitest';
import { fetchPublicUrl } from '#kiosk/screens/adapters/fetch-public-url.ts';

const answering =
  (body: unknown, status = 200) =>
  () =>
    Promise.resolve(Response.json(body, { status }));

test('visitors are sent to the address that the hall names, and to no other', async () => {
  expect(await fetchPublicUrl(answering({ publicUrl: 'http://10.1.2.3:8100' }))).toBe('http://10.1.2.3:8100');
  expect(await fetchPublicUrl(answering({ publicUrl: null }))).toBeUndefined();
  expect(await fetchPublicUrl(answering({ publicUrl: 'javascript:alert(1)' }))).toBeUndefined();
  expect(await fetchPublicUrl(answering({ publicUrl: 'http://10.1.2.3' }, 404))).toBeUndefined();
  expect(await fetchPublicUrl(() => Promise.reject(new TypeError('Failed to fetch')))).toBeUndefined();
});
