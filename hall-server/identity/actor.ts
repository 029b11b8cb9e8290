import type { Role } from '#domain/decide/context.ts';
import type { RefusalCode } from '#protocol/errors.ts';
import type { DeviceKind } from '#protocol/queries.ts';
import type { Clerks } from './clerks.ts';
import type { Device } from './devices.ts';
import type { Claims, Sessions } from './sessions.ts';

/** Who sends: a device that has proved itself, and the person who signed in at it, if any. */
export interface Actor {
  readonly device: Device;
  readonly clerk?: Claims;
}

export interface ActorDeps {
  readonly sessions: Sessions;
  readonly clerks: Clerks;
  readonly now: () => number;
}

export function actorOf(device: Device, session: string | undefined, deps: ActorDeps): Actor | RefusalCode {
  if (session === undefined) return { device };
  const claims = deps.sessions.read(session);
  if (!claims || deps.clerks.isDisabled(claims.clerkId)) return 'not-authorised';
  if (claims.expiresAt <= deps.now()) return 'session-expired';
  return { device, clerk: claims };
}

/** The strongest comes first: a manager who is also a clerk acts as a manager where managers may. */
const byStrength: readonly Role[] = ['admin', 'manager', 'reception', 'clerk', 'kiosk', 'display'];

/** What a device may by itself. At a caller or a reception desk it is the person who has rights. */
const ownRole: Readonly<Record<DeviceKind, Role | undefined>> = {
  kiosk: 'kiosk',
  display: 'display',
  caller: undefined,
  reception: undefined,
};

/** The role in which an actor may do what `who` may do; undefined when in none. */
export function roleFor({ device, clerk }: Actor, who: readonly Role[]): Role | undefined {
  const has = (role: Role): boolean =>
    role === ownRole[device.kind] || (clerk?.roles.some((own) => own === role) ?? false);
  return byStrength.find((role) => who.includes(role) && has(role));
}
