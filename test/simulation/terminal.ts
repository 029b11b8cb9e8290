import type { Command } from '#domain/commands/schemas.ts';
import type { Role } from '#domain/decide/context.ts';
import { applyFeedMessage, createFeedView, type FeedView } from '#protocol/feed-view.ts';
import type { FeedName } from '#protocol/feeds.ts';
import type { CommandAnswer, FeedMessage } from '#protocol/wire.ts';
import type { Network } from './network.ts';
import type { SimCommand, SimServer, Subscriber } from './sim-server.ts';
import type { World } from './world.ts';

export interface Site {
  readonly world: World;
  readonly network: Network;
  readonly server: SimServer;
}

export interface Sender {
  readonly device: string;
  readonly role: Role;
  readonly clerk?: string;
}

/** Whether the sender should send the same command again: the hall could not save it, or is on its way down. */
const isTransient = (answer: CommandAnswer): boolean =>
  !answer.ok && (answer.code === 'storage-unavailable' || answer.code === 'server-stopping');

/** Sends a command until it is answered for good, under one id. The first answer counts; two different acceptances are a fault. */
export function sendUntilAnswered(site: Site, sender: Sender, command: Command): Promise<CommandAnswer> {
  const { world, network, server } = site;
  const sent: SimCommand = { commandId: world.newId(), command, ...sender };
  return new Promise((resolve) => {
    let isAnswered = false;
    let accepted: string | undefined;
    const onAnswer = (text: string): void => {
      const answer = JSON.parse(text) as CommandAnswer;
      if (isTransient(answer)) return;
      if (answer.ok && (accepted ?? text) !== text)
        world.accuse(`${sent.commandId} heard ${accepted} and then ${text}`);
      if (answer.ok) accepted = text;
      if (isAnswered) return;
      isAnswered = true;
      resolve(answer);
    };
    const trySend = (): void => {
      if (isAnswered) return;
      network.datagram(JSON.stringify(sent), (text) => {
        server.command(JSON.parse(text) as SimCommand, (answer) =>
          network.datagram(JSON.stringify(answer), onAnswer),
        );
      });
      world.after(2_000, trySend);
    };
    trySend();
  });
}

export interface Watch {
  readonly view: FeedView;
  readonly feed: FeedName;
  readonly key: string;
  /** How often a hole was noticed. */
  readonly gaps: () => number;
  stop(): void;
}

const REJOIN_MS = 20_000;

/** A copy of a feed, kept current over a connection with holes: a gap is joined again at once, silence after a while. */
export function watch(
  { world, network, server }: Site,
  feed: FeedName,
  key: string,
  onChange: () => void,
): Watch {
  const view = createFeedView();
  let gaps = 0;
  let isStopped = false;
  const onMessage = (text: string): void => {
    const message = JSON.parse(text) as FeedMessage;
    // A whole of before a restart that was overtaken by what came after it.
    if (message.whole && message.upTo < view.revision) return;
    const result = applyFeedMessage(view, message);
    if (result === 'gap') {
      gaps += 1;
      join();
    } else if (result === 'applied') {
      onChange();
    }
  };
  const stream = network.stream(onMessage);
  const subscriber: Subscriber = { feed, key, send: (message) => stream(JSON.stringify(message)) };
  const join = (): void => server.join(subscriber, view.revision > 0 ? view.revision : undefined);
  const keepJoined = (): void => {
    if (isStopped) return;
    join();
    world.after(REJOIN_MS, keepJoined);
  };
  keepJoined();
  return { view, feed, key, gaps: () => gaps, stop: () => void (isStopped = true) };
}
