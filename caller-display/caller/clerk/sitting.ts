import { z } from 'zod';
import { catalogueIdSchema } from '#domain/catalogue/schema.ts';
import { clerkRoles } from '#protocol/queries.ts';

const sittingSchema = z.strictObject({
  session: z.strictObject({
    token: z.string(),
    clerkId: z.string(),
    name: z.string(),
    roles: z.array(z.enum(clerkRoles)).readonly(),
    expiresAt: z.int(),
  }),
  login: z.string(),
  counterId: catalogueIdSchema,
});

/** A clerk at a counter: the session of the one, the id of the other. */
export type Sitting = z.infer<typeof sittingSchema>;

/** What an earlier load of the page left behind; undefined if it is no sitting, or over. */
export function readSitting(json: unknown, nowMs: number): Sitting | undefined {
  const parsed = sittingSchema.safeParse(json);
  return parsed.success && parsed.data.session.expiresAt > nowMs ? parsed.data : undefined;
}
