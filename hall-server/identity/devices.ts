import type { Database } from 'better-sqlite3';
import { deviceKinds, type DeviceKind } from '#protocol/queries.ts';
import { sha256 } from '../journal/chain.ts';

export interface Device {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly name: string;
}
export interface DeviceRecord extends Device {
  readonly enrolledAt: number;
  readonly revokedAt?: number;
}

export interface Devices {
  /** A one-time code, told once; good for a day. */
  createCode(kind: DeviceKind, name: string): { readonly code: string; readonly expiresAt: number };
  /** Spends a code. Undefined when it is unknown, spent or expired. */
  enrol(code: string): { readonly device: Device; readonly token: string } | undefined;
  byToken(token: string): Device | undefined;
  list(): readonly DeviceRecord[];
  revoke(id: string): boolean;
}

export interface DevicesDeps {
  readonly db: Database;
  readonly now: () => number;
  readonly newId: () => string;
  readonly newSecret: () => string;
}

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly enrolled_at: number;
  readonly revoked_at: number | null;
}

const CODE_GOOD_FOR_MS = 24 * 3_600_000;
/** Without 0, O, 1, I and the like: a code is read aloud and typed by hand. 32 letters, 8 places: 40 bits. */
const CODE_LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const CODE_LENGTH = 8;

export function createDevices({ db, now, newId, newSecret }: DevicesDeps): Devices {
  const insertCode = db.prepare(
    'INSERT INTO enrolment_code (code_hash, kind, name, expires_at) VALUES (?, ?, ?, ?)',
  );
  const spendCode = db.prepare<[string], { kind: string; name: string; expires_at: number }>(
    'DELETE FROM enrolment_code WHERE code_hash = ? RETURNING kind, name, expires_at',
  );
  const insertDevice = db.prepare(
    'INSERT INTO device (id, kind, name, token_hash, enrolled_at) VALUES (?, ?, ?, ?, ?)',
  );
  const readByToken = db.prepare<[string], Row>(
    'SELECT * FROM device WHERE token_hash = ? AND revoked_at IS NULL',
  );
  const readAll = db.prepare<[], Row>('SELECT * FROM device ORDER BY enrolled_at DESC');
  const setRevoked = db.prepare('UPDATE device SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL');

  return {
    createCode: (kind, name) => {
      const bytes = Buffer.from(newSecret(), 'base64url').subarray(0, CODE_LENGTH);
      const letters = [...bytes].map((byte) => CODE_LETTERS[byte % CODE_LETTERS.length]).join('');
      const code = `${letters.slice(0, 4)}-${letters.slice(4)}`;
      const expiresAt = now() + CODE_GOOD_FOR_MS;
      insertCode.run(sha256(plainCode(code)), kind, name, expiresAt);
      return { code, expiresAt };
    },
    enrol: db.transaction((code: string) => {
      const row = spendCode.get(sha256(plainCode(code)));
      const kind = deviceKinds.find((known) => known === row?.kind);
      if (!row || !kind || row.expires_at < now()) return undefined;
      const device = { id: newId(), kind, name: row.name };
      const token = newSecret();
      insertDevice.run(device.id, kind, row.name, sha256(token), now());
      return { device, token };
    }),
    byToken: (token) => {
      const row = readByToken.get(sha256(token));
      return row && toRecord(row);
    },
    list: () => readAll.all().map(toRecord),
    revoke: (id) => setRevoked.run(now(), id).changes === 1,
  };
}

const plainCode = (code: string): string => code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');

function toRecord({ id, kind, name, enrolled_at, revoked_at }: Row): DeviceRecord {
  const known = deviceKinds.find((candidate) => candidate === kind);
  if (!known) throw new Error(`device ${id} is of unknown kind ${kind}`);
  return {
    id,
    kind: known,
    name,
    enrolledAt: enrolled_at,
    ...(revoked_at === null ? {} : { revokedAt: revoked_at }),
  };
}
