import { z } from 'zod';

const hallUrl = z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' });
const port = z.coerce.number().int().min(0).max(65_535);

/** What every terminal can be told. `pages`, its first page and its usual port come from the product itself. */
export const terminalSettingsSchema = z.strictObject({
  /** Base URL of the hall-server. */
  hallUrl,
  /** What visitors' phones reach the hall by; the hall's own URL where it is left out. */
  publicUrl: hallUrl.optional(),
  port: port.optional(),
  page: z.string().optional(),
  pagesDir: z.string().min(1).optional(),
  /** Where the device's token is kept, readable by nobody else. */
  tokenFile: z.string().min(1).default('device-token.json'),
  /** The administrator's one-time code; needed until the token is there. */
  enrolmentCode: z.string().min(4).max(64).optional(),
  logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});

export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** 'hallUrl' → 'TINGHAO_HALL_URL'. */
export function variableOf(setting: string): string {
  return `TINGHAO_${setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/**
 * Settings from the text of a JSON file and the environment, which wins. Throws SettingsError with one line for each
 * setting that is wrong, by both of its names.
 */
export function parseSettings<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  source: { readonly file?: { readonly path: string; readonly text: string }; readonly env: Environment },
): z.output<z.ZodObject<Shape>> {
  const { file, env } = source;
  const fromFile = file === undefined ? {} : readJson(file);
  const fromEnvironment = Object.fromEntries(
    Object.keys(schema.shape).flatMap((setting) => {
      const value = env[variableOf(setting)];
      return value === undefined || value === '' ? [] : [[setting, value]];
    }),
  );
  const result = schema.safeParse({ ...fromFile, ...fromEnvironment });
  if (result.success) return result.data;
  throw new SettingsError(result.error.issues.flatMap(linesOf).join('\n'));
}

export type Environment = Readonly<Record<string, string | undefined>>;

function readJson({ path, text }: { readonly path: string; readonly text: string }): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch (error) {
    throw new SettingsError(`Settings file ${path}: not JSON (${String(error)})`);
  }
  throw new SettingsError(`Settings file ${path}: must hold one JSON object`);
}

function linesOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => `Setting ${key}: there is no such setting`);
  const setting = String(issue.path[0] ?? '');
  return [`Setting ${setting} (${variableOf(setting)}): ${issue.message}`];
}
