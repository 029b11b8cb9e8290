/** The files of a catalogue, in the order in which an administrator fills them in. */
export const CATALOGUE_FILES = [
  'hall.csv',
  'opening-hours.csv',
  'zones.csv',
  'units.csv',
  'series.csv',
  'services.csv',
  'matters.csv',
  'counters.csv',
  'priority-classes.csv',
] as const;

interface Named {
  readonly name: string;
}

export interface Chosen<File extends Named> {
  /** Newest choice of each name. */
  readonly files: ReadonlyMap<string, File>;
  readonly missing: readonly string[];
  /** Chosen, but no part of a catalogue: left alone, and said. */
  readonly strange: readonly string[];
}

/** What has been chosen so far, put together with the next choice: files may come one by one or all at once. */
export function chooseFiles<File extends Named>(
  before: readonly File[],
  next: readonly File[],
): Chosen<File> {
  const all = [...before, ...next];
  const files = new Map(
    CATALOGUE_FILES.flatMap((name) => {
      const file = all.findLast((candidate) => candidate.name.toLowerCase() === name);
      return file ? [[name, file] as const] : [];
    }),
  );
  return {
    files,
    missing: CATALOGUE_FILES.filter((name) => !files.has(name)),
    strange: [...new Set(all.map(({ name }) => name))].filter(
      (name) => !CATALOGUE_FILES.some((known) => known === name.toLowerCase()),
    ),
  };
}

/** Bytes → base64. In steps, because a call with a million arguments overflows the stack. */
export function toBase64(bytes: Uint8Array): string {
  const STEP = 8_190;
  let text = '';
  for (let at = 0; at < bytes.length; at += STEP)
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + STEP)));
  return text;
}
