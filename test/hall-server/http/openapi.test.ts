import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { commands } from '#protocol/commands.ts';
import { refusals } from '#protocol/errors.ts';
import { queries } from '#protocol/queries.ts';
import { askHttp, type Json } from '#test/support/hall-client.ts';
import { startHall } from '#test/support/hall-server.ts';

/** What OpenAPI 3.0 allows in a schema; JSON Schema's other words would be passed over in silence by whoever reads the document. */
const schemaWords = new Set(
  (
    'type properties required additionalProperties items enum format pattern minimum maximum exclusiveMinimum exclusiveMaximum ' +
    'minLength maxLength minItems maxItems anyOf oneOf allOf not nullable default description title multipleOf uniqueItems'
  ).split(' '),
);
const schemaTypes = ['object', 'array', 'string', 'integer', 'number', 'boolean'];

function checkSchema(schema: Json, at: string): void {
  if (schema === true || schema === undefined) throw new Error(`${at} is no schema`);
  for (const [word, value] of Object.entries<Json>(schema)) {
    expect(schemaWords, `${at}.${word}`).toContain(word);
    if (word === 'type') expect(schemaTypes, at).toContain(value);
    if (word === 'properties')
      for (const [name, inner] of Object.entries(value)) checkSchema(inner, `${at}.${name}`);
    if (word === 'items' || (word === 'additionalProperties' && typeof value === 'object'))
      checkSchema(value, `${at}.${word}`);
    if (word === 'anyOf' || word === 'oneOf' || word === 'allOf')
      value.forEach((inner: unknown, i: number) => checkSchema(inner, `${at}.${word}[${i}]`));
    if (word === 'required')
      for (const name of value) expect(Object.keys(schema.properties), at).toContain(name);
  }
}

async function theDocument(): Promise<Json> {
  const hall = await startHall({ opened: false });
  const { status, body } = await askHttp(hall.url, '/api/v1/openapi.json');
  expect(status).toBe(200);
  return body;
}

describe('the OpenAPI document', () => {
  it('is built as OpenAPI 3.0 wants it', async () => {
    const document = await theDocument();
    expect(document.openapi).toMatch(/^3\.0\.\d$/);
    expect(document.info).toEqual({ title: expect.any(String), version: '0.0.0-test' });
    const ids: string[] = [];
    for (const [path, item] of Object.entries<Json>(document.paths)) {
      expect(path).toMatch(/^\/api\/v1\/(commands|queries)\/[a-zA-Z.]+$/);
      const { post } = item;
      ids.push(post.operationId);
      checkSchema(post.requestBody.content['application/json'].schema, path);
      for (const [status, response] of Object.entries<Json>(post.responses)) {
        expect(status).toMatch(/^[245]\d\d$/);
        expect(response.description).toMatch(/\S/);
        checkSchema(response.content['application/json'].schema, `${path} ${status}`);
      }
    }
    expect(new Set(ids).size).toBe(ids.length);
    for (const requirement of document.security) {
      for (const name of Object.keys(requirement))
        expect(document.components.securitySchemes[name]).toBeDefined();
    }
  });

  it('has a path for every command and query that comes over the network, with who may and what is refused', async () => {
    const { paths } = await theDocument();
    const remote = [
      ...Object.entries(commands)
        .filter(([, { who }]) => who.some((role) => role !== 'hall'))
        .map(([name, row]) => [`commands/${name}`, row] as const),
      ...Object.entries(queries)
        .filter(([, { local }]) => !local)
        .map(([name, row]) => [`queries/${name}`, row] as const),
    ];
    expect(Object.keys(paths).sort()).toEqual(remote.map(([path]) => `/api/v1/${path}`).sort());
    for (const [path, row] of remote) {
      const { post } = paths[`/api/v1/${path}`];
      for (const role of row.who === 'anybody' ? ['anybody'] : row.who)
        expect(post.description).toContain(role);
      for (const code of [
        ...row.refusals,
        'malformed',
        'not-authenticated',
        'origin-refused',
        'storage-unavailable',
      ] as const) {
        const response = post.responses[refusals[code].status];
        expect(
          response?.content['application/json'].schema.properties.code.enum,
          `${path}: ${code}`,
        ).toContain(code);
        expect(response.description).toContain(refusals[code].text.en);
      }
    }
  });

  it('documents every code of the error catalogue', async () => {
    const { components } = await theDocument();
    expect(components.schemas.RefusalCode.enum).toEqual(Object.keys(refusals));
    for (const { text } of Object.values(refusals))
      expect(components.schemas.RefusalCode.description).toContain(text.en);
  });

  it('is derived: a row more in the table is a path more in the document', async () => {
    vi.resetModules();
    vi.doMock('#protocol/commands.ts', () => ({
      commands: {
        ...commands,
        'ticket.applaud': {
          who: ['kiosk'],
          payload: z.strictObject({ claps: z.int().min(1) }),
          answer: z.strictObject({ heard: z.boolean() }),
          refusals: ['unknown-ticket'],
          about: { zh: '鼓掌', en: 'Claps' },
        },
      },
    }));
    const { openApiDocument } = await import('#hall-server/http/openapi.ts');
    vi.doUnmock('#protocol/commands.ts');
    vi.resetModules();
    const { post } = (openApiDocument('1') as Json).paths['/api/v1/commands/ticket.applaud'];
    expect(post.summary).toBe('Claps');
    expect(post.requestBody.content['application/json'].schema.properties.payload.required).toEqual([
      'claps',
    ]);
    expect(post.responses[404].content['application/json'].schema.properties.code.enum).toEqual([
      'unknown-ticket',
    ]);
  });
});
