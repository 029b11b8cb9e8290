import { readFileSync, writeFileSync } from 'node:fs';
import type { Journal } from '#hall-server/journal/port.ts';

/** What befalls the next appends: nothing, failing before anything is written, or written and then no answer. */
export type AppendFault = 'none' | 'fails' | 'lost-answer';

export interface FaultyDisk {
  readonly wrapJournal: (journal: Journal) => Journal;
  fault: AppendFault;
  /** Whether reading fails as well. */
  unreadable: boolean;
  /** Commits that were really made. */
  readonly appends: () => number;
  /** From now on appends wait until the gate is opened, after they were written or before. */
  shut(): { open(): void; readonly waiting: Promise<void> };
}

/** Something between the writer and the real journal that fails, loses answers, or takes its time. */
export function createFaultyDisk(): FaultyDisk {
  let gate: { readonly opened: Promise<void>; readonly reached: () => void } | undefined;
  let appends = 0;
  const disk: FaultyDisk = {
    fault: 'none',
    unreadable: false,
    appends: () => appends,
    shut() {
      const opened = Promise.withResolvers<void>();
      const reached = Promise.withResolvers<void>();
      gate = { opened: opened.promise, reached: reached.resolve };
      return {
        waiting: reached.promise,
        open: () => {
          gate = undefined;
          opened.resolve();
        },
      };
    },
    wrapJournal: (journal) => {
      const readable = (): void => {
        if (disk.unreadable) throw new Error('the disk does not answer');
      };
      return {
        ...journal,
        append: async (expectedRevision, batch) => {
          if (gate) {
            const { reached, opened } = gate;
            reached();
            await opened;
          }
          if (disk.fault === 'fails') throw new Error('no space left on the disk');
          await journal.append(expectedRevision, batch);
          appends += 1;
          if (disk.fault === 'lost-answer') throw new Error('no answer came from the disk');
        },
        read: async (after, limit) => {
          readable();
          return journal.read(after, limit);
        },
        findAnswers: async (ids) => {
          readable();
          return journal.findAnswers(ids);
        },
      };
    },
  };
  return disk;
}

/** Turns bytes of a file over. */
export function flipBytes(path: string, from: number, length: number): void {
  const bytes = readFileSync(path);
  for (let i = from; i < Math.min(bytes.length, from + length); i += 1) bytes[i] = (bytes[i] ?? 0) ^ 0xff;
  writeFileSync(path, bytes);
}
