import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { commands } from '#protocol/commands.ts';
import { feeds } from '#protocol/feeds.ts';
import { queries } from '#protocol/queries.ts';
import { fetchOpenApi } from '#hall-server/pages/api/adapters/fetch-openapi.ts';
import {
  commandEntries,
  curlOf,
  entriesWith,
  queryEntries,
} from '#hall-server/pages/api/contract-entries.ts';
import { feedSamples } from '#hall-server/pages/api/sample-hall.ts';
import { fieldsOf, jsonSchemaOf, sampleOf } from '#hall-server/pages/api/schema-fields.ts';

describe('the fields of a schema', () => {
  const schema = jsonSchemaOf(
    z.strictObject({
      id: z.string().regex(/^[a-z]+$/),
      name: z.string().min(1).max(60),
      date: z.iso.date(),
      count: z.int().min(0),
      any: z.int(),
      kind: z.enum(['a', 'b']).optional(),
      roles: z
        .array(z.enum(['x', 'y']))
        .min(1)
        .max(4),
      legs: z.array(z.strictObject({ at: z.int() })),
      by: z.strictObject({ device: z.string() }),
    }),
  );

  test('name, type and limits, inner ones behind a dot', () => {
    expect(fieldsOf(schema).map(({ name, type, limits }) => [name, type, limits])).toEqual([
      ['id', 'string', '/^[a-z]+$/'],
      ['name', 'string', '1…60'],
      ['date', 'date', ''],
      ['count', 'integer', '≥ 0'],
      ['any', 'integer', ''],
      ['kind', '"a" | "b"', ''],
      ['roles', '("x" | "y")[]', '1…4'],
      ['legs', 'object[]', ''],
      ['legs[].at', 'integer', ''],
      ['by', 'object', ''],
      ['by.device', 'string', ''],
    ]);
  });

  test('say which may be left out', () => {
    expect(
      fieldsOf(schema)
        .filter(({ isRequired }) => !isRequired)
        .map(({ name }) => name),
    ).toEqual(['kind']);
  });

  test('make an example of what has to be there', () => {
    expect(sampleOf(schema, 'payload')).toEqual({
      id: '<id>',
      name: '<name>',
      date: 'YYYY-MM-DD',
      count: 0,
      any: 0,
      roles: ['x'],
      legs: [{ at: 0 }],
      by: { device: '<device>' },
    });
  });
});

describe('the entries', () => {
  test('are the whole contract', () => {
    expect(commandEntries.map(({ name }) => name)).toEqual(Object.keys(commands));
    expect(queryEntries.map(({ name }) => name)).toEqual(Object.keys(queries));
    expect(feedSamples().map(({ name }) => name)).toEqual(Object.keys(feeds));
  });

  test('know where a person has to have signed in', () => {
    const needs = (name: string) =>
      [...commandEntries, ...queryEntries].find((entry) => entry.name === name)?.needsSession;
    expect(needs('ticket.callNext')).toBe(true);
    expect(needs('catalogue.publish')).toBe(true);
    expect(needs('ticket.take')).toBe(false);
    expect(needs('session.signIn')).toBe(false);
  });

  test('are found by name and by description in either language', () => {
    expect(entriesWith(commandEntries, 'callNext').map(({ name }) => name)).toEqual(['ticket.callNext']);
    expect(entriesWith(commandEntries, '过号恢复').map(({ name }) => name)).toEqual(['ticket.reinstate']);
    expect(entriesWith(commandEntries, ' ')).toEqual(commandEntries);
  });

  test('have an example that a shell understands', () => {
    const entry = queryEntries.find(({ name }) => name === 'ticket.find')!;
    expect(curlOf(entry, 'http://hall', { device: 'x-device-token' })).toBe(
      [
        'curl -X POST http://hall/api/v1/queries/ticket.find \\',
        "  -H 'content-type: application/json' \\",
        "  -H 'x-device-token: <device token>' \\",
        "  -H 'authorization: Bearer <session token>' \\",
        `  -d '{"payload":{"number":"<number>"}}'`,
      ].join('\n'),
    );
  });
});

test('the examples of the feeds say something in every entry', () => {
  const samples = Object.fromEntries(feedSamples().map((sample) => [sample.name, sample]));
  expect(samples['terminal']?.entries['service:service-id']).toMatchObject({
    waiting: { ordinary: 2 },
    left: 197,
  });
  expect(samples['counter']?.entries['counter']).toMatchObject({
    active: { number: 'A001', status: 'called' },
  });
  expect(samples['board']?.entries['zone:zone-id']).toMatchObject({ waiting: 2, busyCounters: 1 });
});

describe('what the server says of itself', () => {
  const document = {
    info: { version: '1.2.3' },
    components: { securitySchemes: { device: { name: 'x-device' } } },
    paths: { '/api/v1/queries/ticket.find': {} },
  };

  test('is read', async () => {
    expect(await fetchOpenApi(() => Promise.resolve(Response.json(document)))).toEqual({
      version: '1.2.3',
      deviceHeader: 'x-device',
      paths: new Set(['/api/v1/queries/ticket.find']),
    });
  });

  test('may be missing', async () => {
    expect(await fetchOpenApi(() => Promise.reject(new TypeError('cut')))).toBeUndefined();
    expect(await fetchOpenApi(() => Promise.resolve(Response.json({})))).toBeUndefined();
  });
});
