import type { CatalogueIndex } from '#domain/catalogue/index.ts';
import type { Command } from '#domain/commands/schemas.ts';
import type { Role } from '#domain/decide/context.ts';
import type { Hall } from '#domain/hall/state.ts';
import { sha256 } from '#hall-server/journal/chain.ts';
import type { Journal } from '#hall-server/journal/port.ts';
import { createWriter, type Writer } from '#hall-server/writer/writer.ts';
import { createFeedHub, type FeedHub } from '#protocol/feed-hub.ts';
import type { FeedName } from '#protocol/feeds.ts';
import type { CommandAnswer, FeedMessage } from '#protocol/wire.ts';
import { contradictionsIn } from '#test/domain/invariants.ts';
import { createModelJournal, type Fault, type ModelDisk, type ModelJournal } from './model-journal.ts';
import type { World } from './world.ts';

/** A command as it travels; who sends is believed, for identity is not what is simulated here. */
export interface SimCommand {
  readonly commandId: string;
  readonly command: Command;
  readonly device: string;
  readonly clerk?: string;
  readonly role: Role;
}

export interface SimServerDeps {
  readonly world: World;
  readonly disk: ModelDisk;
  readonly catalogueOf: (version: number) => CatalogueIndex;
  readonly nextFault: () => Fault;
  readonly isDiskGone: () => boolean;
  /** How long a crashed server stays away. */
  readonly restartAfterMs: () => number;
  readonly wrapJournal?: (journal: Journal) => Journal;
}

/** The server's machine: the real writer and the real feeds on the model journal, with a process that can die. */
export interface SimServer {
  command(sent: SimCommand, reply: (answer: CommandAnswer) => void): void;
  /** Joins a feed until the process dies; undefined when nobody is there to answer. */
  join(subscriber: Subscriber, since: number | undefined): void;
  isUp(): boolean;
  readonly crashes: () => number;
  readonly troubles: () => number;
}

export interface Subscriber {
  readonly feed: FeedName;
  readonly key: string;
  readonly send: (message: FeedMessage) => void;
}

interface Process {
  readonly journal: ModelJournal;
  readonly writer: Writer;
  readonly hub: FeedHub;
  readonly subscribers: Set<Subscriber>;
}

const SYNC_MS = 4;
const INJECTED = /^(Error: )?(append: |the disk does not answer)/u;

export function createSimServer(deps: SimServerDeps): SimServer {
  const { world, disk } = deps;
  const given = new Map<string, string>();
  let running: Process | undefined;
  let crashes = 0;
  let troubles = 0;
  let commits = 0;

  const start = async (): Promise<void> => {
    const self: { process?: Process } = {};
    let hall: Hall | undefined;
    const subscribers = new Set<Subscriber>();
    const journal = createModelJournal({
      disk,
      nextFault: deps.nextFault,
      isGone: deps.isDiskGone,
      sync: () => world.sleep(world.random.between(1, SYNC_MS)),
      onCrash: () => died(self.process),
    });
    const isAlive = (): boolean => running === self.process;
    const flush = (): void => {
      if (isAlive()) void self.process?.writer.settled(() => isAlive() && self.process?.hub.flush());
    };
    const writer = await createWriter({
      journal: deps.wrapJournal?.(journal) ?? journal,
      catalogueOf: deps.catalogueOf,
      now: world.now,
      newId: world.newId,
      defer: (run) => world.after(0, run),
      onCommitted: (events, settledHall) => {
        commits += 1;
        world.trace(`commit ${events.map(({ type }) => type).join(' ')}`);
        if (commits % 20 === 0) contradictionsIn(settledHall).forEach(world.accuse);
        self.process?.hub.note(events);
      },
      onFolded: (folded) => {
        hall = folded;
        self.process?.hub.reset();
        world.after(0, flush);
      },
      onTrouble: (error) => {
        troubles += 1;
        if (!INJECTED.test(String(error))) world.accuse(`trouble that nobody ordered: ${String(error)}`);
      },
    });
    const hallNow = (): Hall => {
      if (!hall) throw new Error('no hall');
      return hall;
    };
    const hub = createFeedHub({
      hall: hallNow,
      now: world.now,
      elapsed: world.now,
      hasSubscribers: (feed, key) => [...subscribers].some((one) => one.feed === feed && one.key === key),
      schedule: (afterMs) => world.after(afterMs, flush),
      publish: (message) => {
        if (message.upTo > disk.rows.length)
          world.accuse(`${message.feed} shows ${message.upTo}, ahead of the disk`);
        for (const one of subscribers)
          if (one.feed === message.feed && one.key === message.key) one.send(message);
      },
    });
    self.process = { journal, writer, hub, subscribers };
    running = self.process;
    world.trace('server up');
  };

  const died = (process: Process | undefined): void => {
    if (!process || running !== process) return;
    running = undefined;
    crashes += 1;
    world.trace('server died');
    startLater();
  };

  const tryStart = (): void => {
    start().catch((error: unknown) => {
      if (!INJECTED.test(String(error))) world.accuse(`the server did not start: ${String(error)}`);
      startLater();
    });
  };

  const startLater = (): void => world.after(deps.restartAfterMs(), tryStart);

  /** What was said must be on the disk, and must be said again in the same words. */
  const checkAnswer = ({ commandId }: SimCommand, answer: CommandAnswer): void => {
    if (!answer.ok) {
      const isLate = given.has(commandId) && answer.code !== 'storage-unavailable';
      if (isLate) world.accuse(`${commandId} was accepted and is now refused: ${answer.code}`);
      return;
    }
    if (answer.revision > disk.rows.length) world.accuse(`${commandId} was answered ahead of the disk`);
    if (!disk.answers.has(commandId)) world.accuse(`${commandId} was answered and is not on the disk`);
    const words = JSON.stringify(answer);
    if ((given.get(commandId) ?? words) !== words) world.accuse(`${commandId} got two answers`);
    given.set(commandId, words);
  };

  world.after(0, tryStart);
  return {
    command: (sent, reply) => {
      const process = running;
      if (!process) return;
      const { command, commandId, device, clerk, role } = sent;
      const by = { device, via: 'socket', ...(clerk === undefined ? {} : { clerk }) } as const;
      const payloadHash = sha256(JSON.stringify(command));
      void process.writer.submit({ command, commandId, payloadHash, by, role }).then((answer) => {
        if (running !== process) return;
        checkAnswer(sent, answer);
        world.trace(`${commandId} ${command.name} ${answer.ok ? answer.revision : answer.code}`);
        reply(answer);
      });
    },
    join: (subscriber, since) => {
      const process = running;
      void process?.writer.settled(() => {
        if (running !== process) return;
        process.subscribers.add(subscriber);
        subscriber.send(process.hub.join(subscriber.feed, subscriber.key, since));
      });
    },
    isUp: () => running !== undefined,
    crashes: () => crashes,
    troubles: () => troubles,
  };
}
