import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSystem } from '#hall-server/adapters/system.ts';
import { createFirstAdmin } from '#hall-server/first-admin/first-admin.ts';
import { createClerks } from '#hall-server/identity/clerks.ts';
import { createDevices } from '#hall-server/identity/devices.ts';
import { HallInUse, lockHall } from '#hall-server/journal/sqlite/lock.ts';
import { openDatabase } from '#hall-server/journal/sqlite/open.ts';

const system = createSystem();
let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'first-admin-'));
});
afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

test('a new hall gets an administrator who can sign in, and a code for one browser', async () => {
  const admin = await createFirstAdmin(dataDir, 'root', system);
  const db = openDatabase(join(dataDir, 'hall.sqlite'), system);
  const signedIn = await createClerks({ db, ...system }).signIn('root', admin?.password ?? '');
  expect(signedIn?.roles).toEqual(['manager', 'admin']);
  const devices = createDevices({ db, ...system });
  expect(devices.enrol(admin?.enrolmentCode ?? '')?.device.kind).toBe('reception');
  expect(devices.enrol(admin?.enrolmentCode ?? '')).toBeUndefined();
  db.close();
  expect(await createFirstAdmin(dataDir, 'root', system)).toBeUndefined();
});

test('nobody is made administrator behind the back of a running server', async () => {
  const letGo = lockHall(dataDir);
  await expect(createFirstAdmin(dataDir, 'root', system)).rejects.toThrow(HallInUse);
  letGo();
});
