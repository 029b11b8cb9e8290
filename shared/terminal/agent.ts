import type { Logger } from 'pino';
import type { PrinterView } from '#protocol/device-feed.ts';
import type { FeedMessage, QueryEnvelope, QueryReply } from '#protocol/wire.ts';
import { createCatalogueCache, type CatalogueCache } from './catalogue-cache.ts';
import { createDeviceFeed, type DeviceFeed } from './feeds/device-feed.ts';
import { createFeedRelay } from './feeds/feed-relay.ts';
import { createHallLink, type LinkState } from './hall-link/hall-link.ts';
import { createEntry } from './loopback/entry.ts';
import { createLoopback, type Loopback } from './loopback/loopback.ts';
import type { LocalQueries, SubmitCommand } from './loopback/page-socket.ts';
import type { TerminalSystem } from './system.ts';

/** What a kind of terminal adds to the core: its devices, and what it does with commands on their way. */
export interface Equipment {
  /** Stands between a page and the hall. It sees every command and its answer, and may answer by itself. */
  readonly command?: (forward: SubmitCommand) => SubmitCommand;
  readonly localQueries?: LocalQueries;
  close(): Promise<void>;
}

export interface AgentCore {
  readonly deviceFeed: DeviceFeed;
  readonly catalogue: CatalogueCache;
  /** Asks the hall. */
  readonly query: (envelope: QueryEnvelope) => Promise<QueryReply>;
  readonly system: TerminalSystem;
  readonly log: Logger;
}

export interface AgentDeps {
  /** Base URL of the hall-server. */
  readonly hallUrl: string;
  /** Base of the address that visitors' phones reach the hall by; hallUrl where it is left out. */
  readonly publicUrl?: string | undefined;
  /** The device's own token, from its enrolment. */
  readonly token: string;
  /** Of the loopback server; 0 takes a free one. */
  readonly port: number;
  readonly pagesDir: string;
  readonly pages: readonly [string, ...string[]];
  /** 'open' lets every browser of this machine in, without a token: for the demonstration only. */
  readonly entry: 'token' | 'open';
  readonly printer: PrinterView;
  readonly equip?: (core: AgentCore) => Equipment;
  readonly system: TerminalSystem;
  readonly log: Logger;
}

export interface Agent {
  /** http://127.0.0.1:<port> */
  readonly origin: string;
  /** The URL that opens a window: with a token that works once where entry is 'token'. */
  mintEntryUrl(): string;
  close(): Promise<void>;
}

/** A terminal agent: one connection to the hall, and the hall protocol for the pages of this machine. */
export async function createAgent(deps: AgentDeps): Promise<Agent> {
  const { hallUrl, token, system, log, pages } = deps;
  const catalogue = createCatalogueCache({ hallUrl, token, system, log });
  const entry = deps.entry === 'open' ? undefined : createEntry(system.timers, system.newToken);

  // Devices speak up before there is anybody to tell.
  let pagesServer: Loopback | undefined = undefined;
  const deviceFeed = createDeviceFeed(
    {
      logId: system.newToken(),
      now: () => relay.hallNow() ?? system.epochMs(),
      publish: (message) => pagesServer?.publish(message),
    },
    { link: { online: false, since: system.epochMs() }, printer: deps.printer },
  );
  const equipment = deps.equip?.({
    deviceFeed,
    catalogue,
    query: (envelope) => link.query(envelope),
    system,
    log,
  });
  const forward: SubmitCommand = (envelope) => link.command(envelope);

  const loopback = await createLoopback({
    port: deps.port,
    pagesDir: deps.pagesDir,
    pages,
    entry,
    catalogue,
    publicUrl: deps.publicUrl ?? hallUrl,
    log,
    services: {
      command: equipment?.command?.(forward) ?? forward,
      query: (envelope) => link.query(envelope),
      localQueries: equipment?.localQueries ?? {},
      telemetry: (message) => link.telemetry(message),
      feeds: {
        join: (request, enter) => relay.join(request, enter),
        left: (feed, key) => relay.left(feed, key),
      },
      joinDevice: deviceFeed.join,
    },
  });
  pagesServer = loopback;

  const onState = ({ online, code }: LinkState): void => {
    deviceFeed.set('link', { online, since: system.epochMs(), ...(code === undefined ? {} : { code }) });
    if (!online) return;
    relay.resume();
    loopback.hallIsBack();
    void catalogue.refresh();
  };
  const link = createHallLink({
    hallUrl,
    token,
    system,
    log,
    onState,
    onFeed: (message) => relay.onFeed(message),
    onHeartbeat(heartbeat) {
      relay.onHeartbeat(heartbeat);
      loopback.heartbeat(heartbeat);
    },
  });
  const relay = createFeedRelay({
    upstream: link,
    timers: system.timers,
    log,
    publish(message) {
      const version = catalogueVersionOf(message);
      if (version !== undefined) catalogue.note(version);
      loopback.publish(message);
    },
    hasPages: loopback.hasPages,
    expel: loopback.expel,
  });

  return {
    origin: loopback.origin,
    mintEntryUrl: () =>
      entry ? `${loopback.origin}/enter?token=${entry.mint()}` : `${loopback.origin}/${pages[0]}/`,
    async close() {
      relay.close();
      link.close();
      await loopback.close();
      await equipment?.close();
    },
  };
}

/** Every feed carries the day, and the day names the catalogue in force. */
function catalogueVersionOf({ entries }: FeedMessage): number | undefined {
  const day = entries['day'] as { readonly catalogueVersion?: unknown } | undefined;
  return typeof day?.catalogueVersion === 'number' ? day.catalogueVersion : undefined;
}
