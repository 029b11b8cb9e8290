import { describe, expect, test } from 'vitest';
import { fetchDemonstration } from '#hall-server/pages/start/adapters/fetch-demonstration.ts';
import { LINK_IDS, STEPS, linksOfStep } from '#hall-server/pages/start/demonstration.ts';

const demonstration = {
  hall: { zh: '市民中心', en: 'Citizens’ Service Centre' },
  links: [{ id: 'kiosk', url: '/kiosk/' }],
  accounts: [],
};
const answering = (body: unknown, status: number) => () => Promise.resolve(Response.json(body, { status }));

describe('asking for the demonstration', () => {
  test('brings what the server says', async () => {
    expect(await fetchDemonstration(answering(demonstration, 200))).toEqual({
      status: 'ready',
      demonstration,
    });
  });

  test('tells a server without one from a server in trouble', async () => {
    expect(await fetchDemonstration(answering({}, 404))).toEqual({ status: 'elsewhere' });
    expect(await fetchDemonstration(answering({}, 503))).toEqual({ status: 'failed' });
  });

  test('takes a cut connection and a broken answer as a failure to be tried again', async () => {
    expect(await fetchDemonstration(() => Promise.reject(new TypeError('Failed to fetch')))).toEqual({
      status: 'failed',
    });
    expect(await fetchDemonstration(() => Promise.resolve(new Response('<html>')))).toEqual({
      status: 'failed',
    });
  });
});

describe('the steps of the start page', () => {
  test('give each page one place', () => {
    expect(STEPS.flatMap((step) => step.links).sort()).toEqual([...LINK_IDS].sort());
  });

  test('keep their own order, leave out what is not offered and show all of a kind', () => {
    const links = [
      { id: 'sign', url: '/sign/?counter=a12' },
      { id: 'display', url: '/display/' },
      { id: 'sign', url: '/sign/?counter=a13' },
      { id: 'kiosk', url: '/kiosk/' },
    ] as const;
    const show = STEPS.find((step) => step.id === 'show')!;
    const call = STEPS.find((step) => step.id === 'call')!;
    expect(linksOfStep(links, show).map((link) => link.url)).toEqual([
      '/display/',
      '/sign/?counter=a12',
      '/sign/?counter=a13',
    ]);
    expect(linksOfStep(links, call)).toEqual([]);
  });
});
