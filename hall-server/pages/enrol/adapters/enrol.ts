import { z } from 'zod';
import { refusals, type RefusalCode } from '#protocol/errors.ts';
import { deviceKinds } from '#protocol/queries.ts';

const enrolledSchema = z.object({ deviceId: z.string(), kind: z.enum(deviceKinds), name: z.string() });
const refusedSchema = z.object({ code: z.enum(Object.keys(refusals) as [RefusalCode]) });

export type Enrolled = z.infer<typeof enrolledSchema>;
export type EnrolAnswer =
  { readonly ok: true; readonly device: Enrolled } | { readonly ok: false; readonly code: RefusalCode };

/**
 * Spends a code. The token comes as an HttpOnly cookie and never passes through the page. Never throws: a hall that cannot be
 * reached is a refusal like any other.
 */
export async function enrol(code: string, fetchFrom: typeof fetch = fetch): Promise<EnrolAnswer> {
  try {
    const response = await fetchFrom('/api/v1/devices/enrol', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, browser: true }),
    });
    const body = (await response.json()) as unknown;
    if (response.ok) return { ok: true, device: enrolledSchema.parse(body) };
    return { ok: false, code: refusedSchema.parse(body).code };
  } catch {
    return { ok: false, code: 'hall-unreachable' };
  }
}
