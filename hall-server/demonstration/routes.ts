import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { decodeSlip } from '#kiosk/stand-in-printer/decode-slip.ts';
import { deviceCookie } from '#hall-server/http/cookie.ts';
import { deviceOf } from '#hall-server/http/contract-routes.ts';
import { sendRefusal } from '#hall-server/http/http-server.ts';
import { pages, type PagesDeps } from '#hall-server/http/pages.ts';
import type { Devices } from '#hall-server/identity/devices.ts';
import type { HallServer } from '#hall-server/hall-server.ts';
import type { DemonstrationClock } from './clock.ts';
import { DEMONSTRATION_PASSWORD, demonstrationCatalogue } from './open-hall.ts';
import type { Terminals } from './terminals.ts';

const clockSchema = z.strictObject({ speed: z.number().min(0.1).max(600), at: z.int().optional() });

export interface DemonstrationRoutesDeps {
  readonly app: FastifyInstance;
  readonly server: Pick<HallServer, 'devices'>;
  readonly clock: DemonstrationClock;
  readonly terminals: () => Terminals | undefined;
}

/** What only the demonstration has: the start page, its links and accounts, the printed slips, and the hand on the clock. */
export function demonstrationRoutes({ app, server, clock, terminals }: DemonstrationRoutesDeps): void {
  const catalogue = demonstrationCatalogue();
  app.get('/', async (_request, reply) => reply.sendFile('start/index.html', { cacheControl: false }));
  app.get('/api/v1/demonstration', async () => {
    const origins = terminals()?.origins;
    const [counter] = catalogue.counters.filter(({ zoneId }) => zoneId !== catalogue.zones[0]?.id);
    return {
      hall: catalogue.hall.name,
      links: [
        ...(origins
          ? [
              { id: 'kiosk', url: `${origins.kiosk}/kiosk/` },
              { id: 'reception', url: `${origins.reception}/reception/` },
              { id: 'caller', url: `${origins.caller}/caller/` },
            ]
          : []),
        { id: 'display', url: '/display/' },
        { id: 'sign', url: `/sign/?counter=${counter?.id ?? ''}` },
        { id: 'board', url: '/board/' },
        { id: 'admin', url: '/admin/' },
        { id: 'api', url: '/api/' },
      ],
      accounts: [
        {
          login: `clerk-${counter?.id ?? ''}`,
          password: DEMONSTRATION_PASSWORD,
          role: 'clerk',
          counterId: counter?.id,
        },
        ...['reception', 'manager', 'admin'].map((login) => ({
          login,
          password: DEMONSTRATION_PASSWORD,
          role: login,
        })),
      ],
    };
  });
  app.get('/api/v1/demonstration/slips', async () =>
    (terminals()?.slips() ?? []).map((slip) => ({ bytes: slip.length, ...decodeSlip(slip) })).reverse(),
  );
  app.get('/api/v1/demonstration/clock', async () => ({ now: clock.now(), speed: clock.speed() }));
  app.post('/api/v1/demonstration/clock', async (request, reply) => {
    const parsed = clockSchema.safeParse(request.body);
    if (!parsed.success) return sendRefusal(reply, 'malformed');
    clock.set(parsed.data.speed, parsed.data.at);
    await reply.send({ now: clock.now(), speed: clock.speed() });
  });
  app.get('/api/v1/demonstration/memory', async () => ({ residentBytes: process.memoryUsage.rss() }));
  /** Terminals of a rehearsal: a device of any kind for the asking, in the demonstration alone. */
  app.post('/api/v1/demonstration/device', async (request, reply) => {
    const parsed = z
      .strictObject({ kind: z.enum(['kiosk', 'caller', 'display', 'reception']) })
      .safeParse(request.body);
    if (!parsed.success) return sendRefusal(reply, 'malformed');
    const { code } = server.devices.createCode(parsed.data.kind, `rehearsal ${parsed.data.kind}`);
    await reply.send({ token: server.devices.enrol(code)?.token });
  });
}

/** In the demonstration every browser is a display from its first page on; a person's rights come with the sign-in. */
export function enrolEveryBrowser(devices: () => Devices | undefined): PagesDeps['beforePage'] {
  return async (name, request, reply) => {
    const known = devices();
    if (!known || pages[name].open || deviceOf(request, known)) return false;
    const enrolled = known.enrol(known.createCode('display', 'demonstration browser').code);
    if (enrolled) reply.header('set-cookie', deviceCookie(enrolled.token));
    return false;
  };
}
