import { z } from 'zod';
import { fetchJson } from '#screen/hall/adapters/browser.ts';

const currentSchema = z.object({ version: z.int().min(1) });
const RETRY_MS = 2_000;

/** Asks which catalogue is in force and has it loaded; asks again until there is one. */
export async function loadCurrentCatalogue(load: (version: number) => Promise<void>): Promise<void> {
  for (;;) {
    const body = await fetchJson('/api/v1/catalogue/current').catch(() => undefined);
    const current = currentSchema.safeParse(body);
    if (current.success) return load(current.data.version);
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}
