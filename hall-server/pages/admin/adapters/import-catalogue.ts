import { z } from 'zod';
import { refusals, type RefusalCode } from '#protocol/errors.ts';
import { toBase64 } from '../catalogue/catalogue-files.ts';

const problemSchema = z.object({
  file: z.string(),
  /** As a spreadsheet numbers rows; 0 is the file as a whole. */
  row: z.int(),
  column: z.string().optional(),
  code: z.string(),
  zh: z.string(),
  en: z.string(),
});
export type ImportProblem = z.infer<typeof problemSchema>;

const answerSchema = z.union([
  z.object({ ok: z.literal(true), version: z.int(), counts: z.record(z.string(), z.int()) }),
  z.object({ ok: z.literal(false), code: z.literal('catalogue-invalid'), problems: z.array(problemSchema) }),
  z.object({ ok: z.literal(false), code: z.enum(Object.keys(refusals) as [RefusalCode]) }),
]);
export type ImportAnswer = z.infer<typeof answerSchema>;

interface CatalogueFile {
  readonly arrayBuffer: () => Promise<ArrayBuffer>;
}

/** Sends the files of a catalogue. Never throws: a server that cannot be reached is a refusal like any other. */
export async function sendCatalogue(
  files: ReadonlyMap<string, CatalogueFile>,
  sessionToken: string,
  fetchFrom: typeof fetch = fetch,
): Promise<ImportAnswer> {
  try {
    const contents = await Promise.all(
      [...files].map(
        async ([name, file]) => [name, toBase64(new Uint8Array(await file.arrayBuffer()))] as const,
      ),
    );
    const response = await fetchFrom('/api/v1/catalogue/import', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${sessionToken}` },
      body: JSON.stringify({ files: Object.fromEntries(contents) }),
    });
    return answerSchema.parse(await response.json());
  } catch {
    return { ok: false, code: 'hall-unreachable' };
  }
}
