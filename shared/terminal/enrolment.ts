import { z } from 'zod';
import { deviceKinds } from '#protocol/queries.ts';
import { SettingsError } from './settings/settings.ts';
import type { TerminalSystem } from './system.ts';

/** Who this terminal is, as the hall gave it at enrolment. */
export const deviceSchema = z.object({
  deviceId: z.string().min(1),
  token: z.string().min(16).max(200),
  kind: z.enum(deviceKinds),
});
export type Device = z.infer<typeof deviceSchema>;

/** Where a terminal's identity is kept. */
export interface DeviceStore {
  load(): Device | undefined;
  save(device: Device): void;
}

export interface EnrolmentDeps {
  readonly hallUrl: string;
  readonly enrolmentCode: string | undefined;
  readonly store: DeviceStore;
  readonly system: Pick<TerminalSystem, 'fetchText'>;
}

/** The terminal's identity; at its first start it is asked for with the administrator's one-time code, and kept. */
export async function ensureDevice({
  hallUrl,
  enrolmentCode,
  store,
  system,
}: EnrolmentDeps): Promise<Device> {
  const known = store.load();
  if (known) return known;
  if (enrolmentCode === undefined) {
    throw new SettingsError(
      'Setting enrolmentCode (TINGHAO_ENROLMENT_CODE): this terminal has no token yet; an administrator makes a code for it',
    );
  }
  const url = new URL('/api/v1/devices/enrol', hallUrl).href;
  const { status, body } = await system
    .fetchText(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ code: enrolmentCode }),
    })
    .catch((error: unknown) => {
      throw new SettingsError(
        `Setting hallUrl (TINGHAO_HALL_URL): ${url} cannot be reached (${String(error)})`,
      );
    });
  if (status !== 200 && status !== 201) {
    throw new SettingsError(
      `Setting enrolmentCode (TINGHAO_ENROLMENT_CODE): the hall refused it (${status})`,
    );
  }
  const device = deviceSchema.parse(JSON.parse(body));
  store.save(device);
  return device;
}
