import type { DeviceRow } from '#protocol/queries.ts';

export type DeviceState = 'connected' | 'away' | 'revoked';

export function deviceStateOf({ revokedAt, connected }: DeviceRow): DeviceState {
  if (revokedAt !== undefined) return 'revoked';
  return connected ? 'connected' : 'away';
}

/** Those that may be used first, the newest on top of each; revoked ones only when asked for. */
export function devicesToShow(devices: readonly DeviceRow[], withRevoked: boolean): readonly DeviceRow[] {
  return devices
    .filter(({ revokedAt }) => withRevoked || revokedAt === undefined)
    .sort(
      (a, b) =>
        Number(a.revokedAt !== undefined) - Number(b.revokedAt !== undefined) || b.enrolledAt - a.enrolledAt,
    );
}

/** Minutes and seconds left, 'M:SS'; hours as 'H:MM:SS'; undefined when over. */
export function timeLeft(expiresAt: number, nowMs: number): string | undefined {
  const seconds = Math.ceil((expiresAt - nowMs) / 1000);
  if (seconds <= 0) return undefined;
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
