import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { z } from 'zod';
import { parseSettings, type Environment } from '../settings/settings.ts';

/** Reads the file that TINGHAO_SETTINGS names (default tinghao.json in the working folder, which may be absent). */
export function readSettings<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>, env: Environment) {
  const named = env['TINGHAO_SETTINGS'];
  const path = resolve(named ?? 'tinghao.json');
  const isThere = named !== undefined || existsSync(path);
  return parseSettings(schema, {
    env,
    ...(isThere ? { file: { path, text: readFileSync(path, 'utf8') } } : {}),
  });
}
