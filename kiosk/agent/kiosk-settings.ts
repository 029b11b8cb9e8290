import { z } from 'zod';
import { terminalSettingsSchema } from '#terminal/settings/settings.ts';

export const KIOSK_PORT = 4101;

export const kioskSettingsSchema = terminalSettingsSchema.extend({
  port: terminalSettingsSchema.shape.port.unwrap().default(KIOSK_PORT),
  page: z.enum(['kiosk', 'reception']).default('kiosk'),
  /** The serial port of the slip printer; no printer where it is left out. */
  printerPath: z.string().min(1).optional(),
  printerBaud: z.coerce.number().int().min(1_200).max(921_600).default(9_600),
  paperWidthMm: z.coerce
    .number()
    .pipe(z.union([z.literal(58), z.literal(80)]))
    .default(80),
});
