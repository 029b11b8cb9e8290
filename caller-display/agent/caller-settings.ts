import { z } from 'zod';
import { terminalSettingsSchema } from '#terminal/settings/settings.ts';

export const CALLER_PORT = 4102;

export const callerSettingsSchema = terminalSettingsSchema.omit({ publicUrl: true }).extend({
  port: terminalSettingsSchema.shape.port.unwrap().default(CALLER_PORT),
  page: z.literal('caller').default('caller'),
});
