import { z } from 'zod';
import { commands } from '#protocol/commands.ts';
import { refusals, type RefusalCode } from '#protocol/errors.ts';
import { queries } from '#protocol/queries.ts';
import { idSchema } from '#domain/commands/schemas.ts';

const json = (schema: z.ZodType): unknown =>
  z.toJSONSchema(schema, { target: 'openapi-3.0', unrepresentable: 'any', io: 'input' });

const refusalSchema = (codes: readonly RefusalCode[]): unknown =>
  json(
    z.object({
      ok: z.literal(false),
      code: codes.length > 0 ? z.enum(codes as [RefusalCode, ...RefusalCode[]]) : z.string(),
      retryable: z.boolean(),
      details: z.record(z.string(), z.unknown()).optional(),
    }),
  );

const always: readonly RefusalCode[] = [
  'malformed',
  'too-large',
  'origin-refused',
  'not-authenticated',
  'not-authorised',
  'session-expired',
  'storage-unavailable',
];

/** Refusals by HTTP status, as OpenAPI wants them. */
function refusalResponses(codes: readonly RefusalCode[]): Record<string, unknown> {
  const byStatus = new Map<number, RefusalCode[]>();
  for (const code of new Set([...always, ...codes])) {
    const { status } = refusals[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, own]) => [
      status,
      {
        description: own.map((code) => `${code}: ${refusals[code].text.en}`).join('\n'),
        content: jsonContent(refusalSchema(own)),
      },
    ]),
  );
}

const jsonContent = (schema: unknown): unknown => ({ 'application/json': { schema } });

/** The whole error catalogue: what a program can meet besides the refusals of one operation. */
const refusalCodes = {
  type: 'string',
  enum: Object.keys(refusals),
  description: Object.entries(refusals)
    .map(
      ([code, { text, retryable }]) =>
        `${code}: ${text.en}${retryable ? ' (may succeed when sent again)' : ''}`,
    )
    .join('\n'),
};

export function openApiDocument(version: string): unknown {
  const paths: Record<string, unknown> = {};
  for (const [name, row] of Object.entries(commands)) {
    if (row.who.every((role) => role === 'hall')) continue;
    const accepted = z.object({ ok: z.literal(true), revision: z.int(), answer: row.answer });
    paths[`/api/v1/commands/${name}`] = operation(name, 'commands', row.about.en, row.who, {
      body: z.strictObject({ commandId: idSchema, payload: row.payload }),
      accepted,
      refusals: [...row.refusals, 'command-id-reused', 'server-stopping'],
    });
  }
  for (const [name, row] of Object.entries(queries)) {
    if (row.local) continue;
    paths[`/api/v1/queries/${name}`] = operation(
      name,
      'queries',
      row.about.en,
      row.who === 'anybody' ? ['anybody'] : row.who,
      {
        body: z.strictObject({ payload: row.payload }),
        accepted: z.object({ ok: z.literal(true), answer: z.unknown() }),
        refusals: row.refusals,
      },
    );
  }
  return {
    openapi: '3.0.3',
    info: { title: 'Tinghao hall protocol', version },
    security: [{ device: [] }, { device: [], session: [] }],
    components: {
      schemas: { RefusalCode: refusalCodes },
      securitySchemes: {
        device: {
          type: 'apiKey',
          in: 'header',
          name: 'x-device-token',
          description: 'Token of an enrolled device.',
        },
        session: { type: 'http', scheme: 'bearer', description: 'Session of a clerk, from session.signIn.' },
      },
    },
    paths,
  };
}

interface Operation {
  readonly body: z.ZodType;
  readonly accepted: z.ZodType;
  readonly refusals: readonly RefusalCode[];
}

function operation(
  name: string,
  tag: string,
  summary: string,
  who: readonly string[],
  row: Operation,
): unknown {
  return {
    post: {
      operationId: name,
      tags: [tag],
      summary,
      description: `Who: ${who.join(', ')}.`,
      requestBody: { required: true, content: jsonContent(json(row.body)) },
      responses: {
        200: { description: 'Accepted.', content: jsonContent(json(row.accepted)) },
        ...refusalResponses(row.refusals),
      },
    },
  };
}
