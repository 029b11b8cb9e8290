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

/**
 * What an earlier load of the page left behind; undefined if it is no sitting. Whether the session is over is the hall's to say: as the
 * page starts, this machine's clock has not been set right yet.
 */
export function readSitting(json: unknown): Sitting | undefined {
  return sittingSchema.safeParse(json).data;
}
