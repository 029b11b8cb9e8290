import type { CatalogueSource, Hall } from '#domain/hall/state.ts';
import type { HallEvent } from '#domain/events/schemas.ts';
import type { CommandAnswer } from '#protocol/wire.ts';
import type { Journal } from '../journal/port.ts';
import { decideBatch, refused, replay, RulesFault, type Submitted } from './batch.ts';
import { foldJournal } from './fold.ts';
import { createRecentRefusals } from './recent-refusals.ts';

export interface WriterDeps {
  readonly journal: Journal;
  readonly catalogueOf: CatalogueSource;
  /** Epoch ms. */
  readonly now: () => number;
  readonly newId: () => string;
  /** Runs a function once the present turn's input has been taken in: what arrives together is committed together. */
  readonly defer: (run: () => void) => void;
  /** After a commit and before its answers: the hall stands on exactly these events. */
  readonly onCommitted: (events: readonly HallEvent[], hall: Hall) => void;
  /** The hall was folded from the journal: at the start, and whenever it had to be thrown away. */
  readonly onFolded: (hall: Hall) => void;
  readonly onTrouble: (error: unknown) => void;
  /** Commands in one commit; 1 is the ungrouped mode that the bench compares with. */
  readonly maxBatch?: number;
}

export interface Writer {
  submit(command: Submitted): Promise<CommandAnswer>;
  /** Runs `read` on the hall as it is on the disk; undefined while storage is unavailable. */
  settled<T>(read: (hall: Hall) => T): Promise<T | undefined>;
  close(): Promise<void>;
}

interface Waiting {
  readonly command: Submitted;
  readonly answer: (answer: CommandAnswer) => void;
}

const MAX_BATCH = 256;

/**
 * The single writer of a hall. Commands that arrive in one turn are decided one after another on the working day and go into one
 * commit; nothing is answered, published or read before the disk has them.
 */
export async function createWriter(deps: WriterDeps): Promise<Writer> {
  const { journal } = deps;
  const maxBatch = deps.maxBatch ?? MAX_BATCH;
  const recent = createRecentRefusals();
  const queue: Waiting[] = [];
  const readers: (() => void)[] = [];
  let hall: Hall | undefined = await foldJournal(journal, deps.catalogueOf);
  deps.onFolded(hall);
  let working = false;
  let closed = false;
  let idle: Promise<void> = Promise.resolve();

  const refold = async (): Promise<void> => {
    hall = undefined;
    hall = await foldJournal(journal, deps.catalogueOf);
    deps.onFolded(hall);
  };

  const commit = async (batch: readonly Waiting[]): Promise<void> => {
    if (!hall) await refold();
    if (!hall) throw new Error('no hall after folding the journal');
    const known = await journal.findAnswers(batch.map(({ command }) => command.commandId));
    const before = hall.revision;
    const plan = decideBatch(
      hall,
      known,
      batch.map(({ command }) => command),
      { ...deps, recent },
    );
    if (plan.events.length > 0 || plan.answers.length > 0) {
      await journal.append(before, plan);
      deps.onCommitted(plan.events, hall);
    }
    plan.refusals.forEach(recent.note);
    batch.forEach(({ answer }, index) => answer(plan.replies[index] ?? refused('storage-unavailable')));
  };

  /** The commit may have happened although its answer did not come: what is stored counts, the rest is refused. */
  const recover = async (batch: readonly Waiting[], error: unknown): Promise<void> => {
    deps.onTrouble(error);
    hall = undefined;
    try {
      await refold();
      const stored = await journal.findAnswers(batch.map(({ command }) => command.commandId));
      for (const { command, answer } of batch) {
        const found = stored.get(command.commandId);
        answer(found ? replay(found, command) : refused('storage-unavailable'));
      }
    } catch (again) {
      deps.onTrouble(again);
      hall = undefined;
      for (const { answer } of batch) answer(refused('storage-unavailable'));
    }
  };

  /** A bug must not stop the hall: each command is decided alone, and the one that breaks the rules is refused for good. */
  const isolate = async (batch: readonly Waiting[], fault: RulesFault): Promise<void> => {
    await refold();
    if (batch.length > 1) {
      for (const waiting of batch) await commitOrRecover([waiting]);
      return;
    }
    deps.onTrouble(fault);
    for (const { answer } of batch) answer(refused('program-fault'));
  };

  const commitOrRecover = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      await commit(batch);
    } catch (error) {
      if (!(error instanceof RulesFault)) return recover(batch, error);
      await isolate(batch, error).catch((again: unknown) => recover(batch, again));
    }
  };

  const runReaders = (): void => {
    for (const read of readers.splice(0)) read();
  };

  /** Without a hall nobody can be told anything: whoever asks makes it try the disk again, be it a display or a command. */
  const tryAgain = async (): Promise<void> => {
    try {
      await refold();
    } catch (error) {
      deps.onTrouble(error);
    }
    runReaders();
  };

  const drain = async (): Promise<void> => {
    if (!hall && queue.length === 0) await tryAgain();
    while (queue.length > 0) {
      await commitOrRecover(queue.splice(0, maxBatch));
      runReaders();
    }
    working = false;
  };

  const wake = (): void => {
    if (working) return;
    working = true;
    idle = new Promise((resolve, reject) => {
      deps.defer(() => {
        drain().then(resolve, reject);
      });
    });
  };

  return {
    submit: (command) =>
      new Promise((answer) => {
        if (closed) return answer(refused('server-stopping'));
        queue.push({ command, answer });
        wake();
      }),
    settled: (read) =>
      new Promise((resolve, reject) => {
        const run = (): void => {
          try {
            resolve(hall && read(hall));
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        };
        if (working) readers.push(run);
        else if (hall || closed) run();
        else {
          readers.push(run);
          wake();
        }
      }),
    close: async () => {
      closed = true;
      await idle;
    },
  };
}
