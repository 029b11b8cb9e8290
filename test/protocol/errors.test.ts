import { describe, expect, it } from 'vitest';
import { commandSchemas } from '#domain/commands/schemas.ts';
import { domainRefusalCodes } from '#domain/refusal.ts';
import { commands } from '#protocol/commands.ts';
import { refusals } from '#protocol/errors.ts';
import { feeds } from '#protocol/feeds.ts';
import { queries } from '#protocol/queries.ts';

describe('the error catalogue', () => {
  it.each(Object.entries(refusals))(
    'says %s in both languages, to people and to the operator',
    (_code, { text, hint }) => {
      for (const { zh, en } of [text, hint]) {
        expect(zh).toMatch(/[\u4e00-\u9fff]/u);
        expect(en).toMatch(/^[A-Z][\x20-\x7e’]+$/u);
      }
    },
  );

  it('has every reason of the rules', () => {
    expect(Object.keys(refusals)).toEqual(expect.arrayContaining([...domainRefusalCodes]));
  });

  it('has no text twice: a person could not tell the two apart', () => {
    const texts = Object.values(refusals).map(({ text }) => text.zh);
    expect(new Set(texts).size).toBe(texts.length);
  });
});

describe('the contract', () => {
  it('has a row for every command, and somebody who may send it', () => {
    expect(Object.keys(commands).sort()).toEqual(Object.keys(commandSchemas).sort());
    for (const { who, about } of Object.values(commands)) {
      expect(who.length).toBeGreaterThan(0);
      expect(about.zh && about.en).toBeTruthy();
    }
  });

  it('names every refusal once per row, and only those of the catalogue', () => {
    for (const row of [...Object.values(commands), ...Object.values(queries)]) {
      expect(new Set(row.refusals).size).toBe(row.refusals.length);
      expect(Object.keys(refusals)).toEqual(expect.arrayContaining([...row.refusals]));
    }
  });

  it('can return every reason of the rules by some command', () => {
    const rows = new Set(Object.values(commands).flatMap((row) => row.refusals));
    expect(domainRefusalCodes.filter((code) => !rows.has(code))).toEqual([]);
  });

  it('lets no display and no visitor send what a clerk does', () => {
    for (const [name, { who }] of Object.entries(commands)) {
      expect(who, name).not.toContain('display');
      if (who.includes('kiosk')) expect(name).toBe('ticket.take');
    }
  });

  it('lets somebody hear every feed', () => {
    for (const { who } of Object.values(feeds)) expect(who.length).toBeGreaterThan(0);
  });
});
