import { PROTOCOL_VERSION, type JoinAnswer } from '#protocol/wire.ts';
import { demonstrationCatalogue } from '#hall-server/demonstration/open-hall.ts';
import type { BenchServer } from '../servers/start.ts';
import { connectClient, type BenchClient } from './socket-client.ts';
import { spread } from './hall-load.ts';

const catalogue = demonstrationCatalogue();

/**
 * Screens as a hall has them: of each ten, one hall display, two zone displays, six signs over counters and one board.
 */
export async function openScreens(server: BenchServer, count: number): Promise<BenchClient[]> {
  const signs = spread(catalogue.counters, count);
  return Promise.all(
    signs.map(async ({ id, zoneId }, i) => {
      const client = await connectClient(server.url, {
        protocol: PROTOCOL_VERSION,
        token: server.tokens.display,
      });
      const kind = i % 10;
      const feed =
        kind === 0
          ? ['zone', 'all']
          : kind < 3
            ? ['zone', zoneId]
            : kind < 9
              ? ['sign', id]
              : ['board', 'hall'];
      const joined = (await client.ask('join', { feed: feed[0], key: feed[1] })) as JoinAnswer;
      if (!joined.ok) throw new Error(`join ${feed.join(' ')}: ${joined.code}`);
      return client;
    }),
  );
}
