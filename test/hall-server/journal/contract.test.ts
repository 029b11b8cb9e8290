import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteJournal } from '#hall-server/journal/sqlite/journal.ts';
import { openDatabase } from '#hall-server/journal/sqlite/open.ts';
import { createModelDisk, createModelJournal } from '#test/simulation/model-journal.ts';
import { journalContract } from './contract.ts';

journalContract('the model', async () => {
  const disk = createModelDisk('log-1');
  return { open: async () => createModelJournal({ disk }), remove: async () => undefined };
});

journalContract('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tinghao-journal-'));
  return {
    open: async () => createSqliteJournal(openDatabase(join(folder, 'hall.db'), { newId: () => 'log-1' })),
    remove: () => rm(folder, { recursive: true }),
  };
});
