import { z } from 'zod';

/** As much of JSON Schema as the contract uses. */
export interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** One line of a table of fields. `type` is in the notation of TypeScript, `limits` in that of mathematics. */
export interface Field {
  /** 'roles[]', 'leg.status'. */
  readonly name: string;
  readonly type: string;
  readonly limits: string;
  readonly isRequired: boolean;
}

export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { target: 'draft-7', unrepresentable: 'any', io: 'input' }) as JsonSchema;
}

/** The fields of an object, those of inner objects behind a dot. */
export function fieldsOf(schema: JsonSchema, within = ''): readonly Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => {
    const name = within + key;
    const isRequired = schema.required?.includes(key) ?? false;
    const own: Field = { name, type: typeOf(inner), limits: limitsOf(inner), isRequired };
    if (inner.properties) return [own, ...fieldsOf(inner, `${name}.`)];
    if (inner.items?.properties) return [own, ...fieldsOf(inner.items, `${name}[].`)];
    return [own];
  });
}

function typeOf({ type, items, enum: values, const: value, format }: JsonSchema): string {
  if (value !== undefined) return JSON.stringify(value);
  if (values) return values.map((each) => JSON.stringify(each)).join(' | ');
  if (type === 'array') {
    const inner = items ? typeOf(items) : 'unknown';
    return inner.includes('|') ? `(${inner})[]` : `${inner}[]`;
  }
  return format ?? type ?? 'unknown';
}

function limitsOf(schema: JsonSchema): string {
  const { format, pattern, minimum, maximum, minLength, maxLength, minItems, maxItems } = schema;
  // zod writes a date's calendar out as a pattern of three lines; its name says the same.
  if (pattern !== undefined && format === undefined) return `/${pattern}/`;
  return range(minimum, maximum) || range(minLength, maxLength) || range(minItems, maxItems);
}

function range(from: number | undefined, to: number | undefined): string {
  const least = from === undefined || from === Number.MIN_SAFE_INTEGER ? undefined : from;
  const most = to === undefined || to === Number.MAX_SAFE_INTEGER ? undefined : to;
  if (least !== undefined && most !== undefined) return `${least}…${most}`;
  if (least !== undefined) return `≥ ${least}`;
  return most === undefined ? '' : `≤ ${most}`;
}

/** A value of the right shape: names in angle brackets stand for what only the caller knows. */
export function sampleOf(schema: JsonSchema, name: string): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.properties) {
    const required = Object.entries(schema.properties).filter(([key]) => schema.required?.includes(key));
    return Object.fromEntries(required.map(([key, inner]) => [key, sampleOf(inner, key)]));
  }
  if (schema.type === 'array') return [sampleOf(schema.items ?? {}, name)];
  if (schema.type === 'object') return {};
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(0, schema.minimum ?? 0);
  return schema.format === 'date' ? 'YYYY-MM-DD' : `<${name}>`;
}
