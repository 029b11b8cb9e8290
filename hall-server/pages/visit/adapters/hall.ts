import type { VisitView } from '#protocol/visit.ts';
import type { HallCatalogue, Look } from '../visit.ts';

/** A look is of no use when the next one is due. */
const PATIENCE_MS = 4_000;

/** One look at the position. Never throws. The answer's shape is held by the server's own test: page and hall are of one release. */
export async function lookUp(visitKey: string, fetchFrom: typeof fetch = fetch): Promise<Look> {
  try {
    const response = await fetchFrom(`/api/v1/visits/${visitKey}`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const body = (await response.json()) as VisitView | { readonly ok: false; readonly code: string };
    if ('ticket' in body) return { status: 'seen', visit: body };
    return { status: body.code === 'unknown-ticket' ? 'unknown' : 'failed' };
  } catch {
    return { status: 'failed' };
  }
}

/** undefined when it cannot be had: the page then does without names until the next look. */
export async function fetchCatalogue(
  version: number,
  fetchFrom: typeof fetch = fetch,
): Promise<HallCatalogue | undefined> {
  try {
    const response = await fetchFrom(`/api/v1/catalogue/${version}`);
    return response.ok ? ((await response.json()) as HallCatalogue) : undefined;
  } catch {
    return undefined;
  }
}
