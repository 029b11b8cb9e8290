import type { Text } from '#domain/catalogue/schema.ts';
import { commands } from '#protocol/commands.ts';
import type { RefusalCode } from '#protocol/errors.ts';
import { clerkRoles, queries } from '#protocol/queries.ts';
import { fieldsOf, jsonSchemaOf, sampleOf, type Field } from './schema-fields.ts';

/** A command or a query as the page shows it. */
export interface Entry {
  readonly kind: 'command' | 'query';
  readonly name: string;
  /** Of the page, for links. */
  readonly anchor: string;
  readonly about: Text;
  readonly who: readonly string[];
  readonly payload: readonly Field[];
  /** undefined where the contract has no schema of the answer. */
  readonly answer: readonly Field[] | undefined;
  readonly refusals: readonly RefusalCode[];
  /** Without origin. */
  readonly path: string;
  /** What is posted there. */
  readonly body: unknown;
  /** Nobody but a person who has signed in may ask. */
  readonly needsSession: boolean;
}

const anchorOf = (kind: Entry['kind'], name: string): string => `${kind}-${name}`;
export const refusalAnchor = (code: string): string => `refusal-${code}`;
export const feedAnchor = (name: string): string => `feed-${name}`;

const isPerson = (role: string): boolean => clerkRoles.some((known) => known === role);

function commandEntry(name: keyof typeof commands): Entry {
  const { about, who, payload, answer, refusals } = commands[name];
  const schema = jsonSchemaOf(payload);
  return {
    kind: 'command',
    name,
    anchor: anchorOf('command', name),
    about,
    who,
    payload: fieldsOf(schema),
    answer: fieldsOf(jsonSchemaOf(answer)),
    refusals,
    path: `/api/v1/commands/${name}`,
    body: { commandId: '<commandId>', payload: sampleOf(schema, 'payload') },
    // The hall itself sends nothing over the wire.
    needsSession: who.every((role) => isPerson(role) || role === 'hall'),
  };
}

function queryEntry(name: keyof typeof queries): Entry {
  const { about, who, payload, refusals } = queries[name];
  const schema = jsonSchemaOf(payload);
  return {
    kind: 'query',
    name,
    anchor: anchorOf('query', name),
    about,
    who: who === 'anybody' ? ['anybody'] : who,
    payload: fieldsOf(schema),
    answer: undefined,
    refusals,
    path: `/api/v1/queries/${name}`,
    body: { payload: sampleOf(schema, 'payload') },
    needsSession: who !== 'anybody' && who.every(isPerson),
  };
}

const keysOf = <Table extends object>(table: Table) => Object.keys(table) as (keyof Table)[];

export const commandEntries: readonly Entry[] = keysOf(commands).map(commandEntry);
export const queryEntries: readonly Entry[] = keysOf(queries).map(queryEntry);

/** The entries whose name or description has the words in it. */
export function entriesWith<Item extends { readonly name: string; readonly about: Text }>(
  entries: readonly Item[],
  words: string,
): readonly Item[] {
  const wanted = words.trim().toLowerCase();
  return entries.filter(({ name, about }) =>
    `${name}\n${about.zh}\n${about.en}`.toLowerCase().includes(wanted),
  );
}

export interface CurlHeaders {
  /** Name of the header of a device's token. */
  readonly device: string;
}

/** Characters of a body that still stand in one line. */
const SHORT_BODY = 72;

/** A request as one types it into a shell. */
export function curlOf(entry: Entry, origin: string, headers: CurlHeaders): string {
  const short = JSON.stringify(entry.body);
  const body =
    short.length > SHORT_BODY ? JSON.stringify(entry.body, null, 2).replaceAll('\n', '\n  ') : short;
  const lines = [
    `curl -X POST ${origin}${entry.path}`,
    `-H 'content-type: application/json'`,
    `-H '${headers.device}: <device token>'`,
    ...(entry.needsSession ? [`-H 'authorization: Bearer <session token>'`] : []),
    `-d '${body}'`,
  ];
  return lines.join(' \\\n  ');
}
