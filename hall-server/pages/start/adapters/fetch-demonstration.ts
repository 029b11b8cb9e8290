import type { Demonstration, DemonstrationState } from '../demonstration.ts';

/** Asks the server that served the page. Never throws: what went wrong is a state of the page. */
export async function fetchDemonstration(fetchFrom: typeof fetch = fetch): Promise<DemonstrationState> {
  try {
    const response = await fetchFrom('/api/v1/demonstration', { headers: { accept: 'application/json' } });
    if (response.status === 404) return { status: 'elsewhere' };
    if (!response.ok) return { status: 'failed' };
    // Page and answer are of one release and one origin; the server's contract test holds the shape.
    return { status: 'ready', demonstration: (await response.json()) as Demonstration };
  } catch {
    return { status: 'failed' };
  }
}
