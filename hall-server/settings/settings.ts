import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Not coerced: Number('') is 0, and an empty variable would make the hall listen anywhere. */
const portSchema = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^\d{1,5}$/)
        .transform(Number),
    ],
    { error: 'a port is a number from 0 to 65535' },
  )
  .pipe(z.int().min(0).max(65_535));

/** One row per setting: its name in the file, in the environment, what it may be, and what it is without. */
const schema = z.strictObject({
  /** Where the hall listens. */
  host: z.string().min(1).default('0.0.0.0'),
  port: portSchema.default(8_100),
  /** The folder of the journal. */
  dataDir: z.string().min(1).default('var/hall'),
  /** The folder of the built pages. */
  pagesDir: z.string().min(1).default('dist/pages'),
  /** Names and addresses by which screens may call this server, besides its own; comma-separated in the environment. */
  allowedHosts: z
    .union([z.array(z.string()), z.string().transform((text) => text.split(',').map((name) => name.trim()))])
    .default([]),
  /** What visitors' phones use; stands in the QR of a slip. */
  publicUrl: z.url().optional(),
  logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});
export type Settings = Readonly<z.infer<typeof schema>>;

export class InvalidSettings extends Error {
  override readonly name = 'InvalidSettings';
}

const environmentNames: Readonly<Record<keyof Settings, string>> = {
  host: 'TINGHAO_HOST',
  port: 'TINGHAO_PORT',
  dataDir: 'TINGHAO_DATA_DIR',
  pagesDir: 'TINGHAO_PAGES_DIR',
  allowedHosts: 'TINGHAO_ALLOWED_HOSTS',
  publicUrl: 'TINGHAO_PUBLIC_URL',
  logLevel: 'TINGHAO_LOG_LEVEL',
};

/**
 * Settings from one JSON file (named by TINGHAO_SETTINGS) and the environment, which wins.
 * Throws `InvalidSettings` that names every wrong setting and where it came from.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const file = environment['TINGHAO_SETTINGS'];
  const fromFile = file === undefined ? {} : readFile(file);
  const fromEnvironment = Object.fromEntries(
    Object.entries(environmentNames).flatMap(([setting, name]) => {
      const value = environment[name];
      return value === undefined ? [] : [[setting, value]];
    }),
  );
  const parsed = schema.safeParse({ ...fromFile, ...fromEnvironment });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const setting = String(
      issue.path[0] ?? (issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : '?'),
    );
    const source = Object.hasOwn(fromEnvironment, setting)
      ? environmentNames[setting as keyof Settings]
      : (file ?? 'default');
    return `${setting} (${source}): ${issue.message}`;
  });
  throw new InvalidSettings(problems.join('\n'));
}

function readFile(path: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
    throw new Error('not a JSON object');
  } catch (error) {
    throw new InvalidSettings(`TINGHAO_SETTINGS (${path}): ${String(error)}`);
  }
}
