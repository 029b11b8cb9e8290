import { parseArgs } from 'node:util';
import { z } from 'zod';
import { timeOfDaySchema } from '#domain/catalogue/schema.ts';
import { minutesOf } from '#domain/time.ts';
import { DOORS } from './arrivals.ts';

const schema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:8100'),
  /** Hall seconds a second. */
  speed: z.coerce.number().min(0.1).max(600).default(60),
  seed: z.coerce.number().int().min(0).default(1),
  arrivals: z.coerce.number().int().min(1).max(20_000).default(2_000),
  /** The doors close early, at this time of the hall. */
  until: timeOfDaySchema
    .refine((time) => minutesOf(time) > DOORS.open, 'must be after the opening')
    .optional(),
});
export type Options = Readonly<z.infer<typeof schema>>;

export const USAGE =
  'npm run simulate -- [--url http://…] [--speed 60] [--seed 1] [--arrivals 2000] [--until HH:MM]';

/** Throws with a line for the operator. */
export function readOptions(args: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { url: text, speed: text, seed: text, arrivals: text, until: text },
  });
  const parsed = schema.safeParse(values);
  if (parsed.success) return { ...parsed.data, url: parsed.data.url.replace(/\/+$/, '') };
  throw new Error(
    parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'),
  );
}
