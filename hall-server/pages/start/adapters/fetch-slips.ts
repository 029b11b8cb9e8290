import type { PrintedSlip } from '../slips.ts';

/** What the stand-in printers have printed, newest first. undefined when the server does not say: the page keeps what it has. */
export async function fetchSlips(
  fetchFrom: typeof fetch = fetch,
): Promise<readonly PrintedSlip[] | undefined> {
  try {
    const response = await fetchFrom('/api/v1/demonstration/slips', {
      headers: { accept: 'application/json' },
    });
    return response.ok ? ((await response.json()) as readonly PrintedSlip[]) : undefined;
  } catch {
    return undefined;
  }
}
