import { join } from 'node:path';
import { createClerks } from '../identity/clerks.ts';
import { createDevices } from '../identity/devices.ts';
import type { System } from '../adapters/system.ts';
import { lockHall } from '../journal/sqlite/lock.ts';
import { openDatabase } from '../journal/sqlite/open.ts';

export interface FirstAdmin {
  readonly login: string;
  readonly password: string;
  /** For the administrator's own browser. */
  readonly enrolmentCode: string;
}

/**
 * Makes a new hall's first administrator, or another one when the only password is lost. Throws `HallInUse` while a server runs on the
 * folder; undefined when the login is taken.
 */
export async function createFirstAdmin(
  dataDir: string,
  login: string,
  system: System,
): Promise<FirstAdmin | undefined> {
  const letGo = lockHall(dataDir);
  try {
    const db = openDatabase(join(dataDir, 'hall.sqlite'), system);
    try {
      const password = system.newSecret().slice(0, 16);
      const clerks = createClerks({ db, ...system });
      const created = await clerks.create({ login, name: login, roles: ['admin', 'manager'], password });
      if (!created) return undefined;
      const { code } = createDevices({ db, ...system }).createCode('reception', `browser of ${login}`);
      return { login, password, enrolmentCode: code };
    } finally {
      db.close();
    }
  } finally {
    letGo();
  }
}
