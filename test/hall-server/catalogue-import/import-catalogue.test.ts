import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkFolder } from '#hall-server/catalogue-import/command-line.ts';
import { importCatalogue } from '#hall-server/catalogue-import/import-catalogue.ts';
import type { CatalogueFiles } from '#hall-server/catalogue-import/import-catalogue.ts';
import { adding, aFolder, catalogueOf, problemsOf, replacing } from './small-hall.ts';

test('a good folder becomes a catalogue', () => {
  const { services, counters, rules, hall, priorityClasses } = catalogueOf(aFolder());
  expect(services[0]).toMatchObject({
    frequent: 1,
    demand: 10,
    bring: [
      { zh: '身份证', en: 'ID card' },
      { zh: '合同', en: 'Contract' },
    ],
    quotas: [{ limit: 60 }, { limit: 30, span: { from: '08:30', to: '12:00' } }],
    hours: [],
  });
  expect(services[1]).toMatchObject({ demand: 4.5, bring: [], hours: [{ from: '09:00', to: '11:30' }] });
  expect(services[1]).not.toHaveProperty('frequent');
  expect(counters[0]?.skills).toEqual([
    { serviceId: 'transfer', preference: 1 },
    { serviceId: 'mortgage', preference: 2 },
  ]);
  expect(rules).toMatchObject({ noShowBlockMs: 180_000, returnBehind: 'end', reopenWithinMs: 3_600_000 });
  expect(hall.openingDays[1]).toEqual({ weekday: 7, spans: [] });
  expect(priorityClasses.map(({ selfService }) => selfService)).toEqual([true, true]);
});

describe('each kind of bad line is reported at its file and row, and nothing else with it', () => {
  test.each<[string, CatalogueFiles, string]>([
    ['file missing', aFolder({ 'zones.csv': undefined }), 'zones.csv:0 - missing-file'],
    [
      'column missing',
      aFolder({ 'units.csv': (t) => t.replace(',zone\n', '\n').replace(',estate', '') }),
      'units.csv:1 zone missing-column',
    ],
    [
      'column unknown',
      aFolder({ 'series.csv': (t) => t.replace('digits', 'digits,colour').replace('3', '3,red') }),
      'series.csv:1 colour unknown-column',
    ],
    [
      'column twice',
      aFolder({ 'series.csv': (t) => t.replace('digits', 'digits,digits').replace('3', '3,x') }),
      'series.csv:1 digits duplicate-column',
    ],
    [
      'setting missing',
      aFolder({ 'hall.csv': replacing('hotline,12345,\n', '') }),
      'hall.csv:0 key missing-key',
    ],
    ['setting unknown', aFolder({ 'hall.csv': adding('colour,red,') }), 'hall.csv:14 key unknown-key'],
    ['setting twice', aFolder({ 'hall.csv': adding('hotline,1,') }), 'hall.csv:14 key duplicate-key'],
    ['setting bad', aFolder({ 'hall.csv': replacing('60s', '1 Min.') }), 'hall.csv:8 value bad-value'],
    ['setting empty', aFolder({ 'hall.csv': replacing('小厅', '') }), 'hall.csv:3 value missing-value'],
    [
      'time zone unknown',
      aFolder({ 'hall.csv': replacing('Asia/Shanghai', 'Asia/Zhumadian') }),
      'hall.csv:5 value unknown-time-zone',
    ],
    [
      'no rows',
      aFolder({ 'priority-classes.csv': (t) => t.split('\n')[0]! }),
      'priority-classes.csv:0 - no-rows',
    ],
    [
      'value missing',
      aFolder({ 'matters.csv': replacing('Transfer of a home', '') }),
      'matters.csv:2 name.en missing-value',
    ],
    [
      'counter without skills',
      aFolder({ 'counters.csv': adding('b03,B03,estate,registry,') }),
      'counters.csv:4 skills missing-value',
    ],
    [
      'preference out of range',
      aFolder({ 'counters.csv': replacing('mortgage:2', 'mortgage:0') }),
      'counters.csv:2 skills bad-value',
    ],
    [
      'comma too many',
      aFolder({ 'matters.csv': adding('t2,转移,Sale,transfer,registry,surplus') }),
      'matters.csv:3 - surplus-cells',
    ],
    [
      'quotation mark astray',
      aFolder({ 'matters.csv': adding('t2,"办不成事"反映,Report,transfer,registry') }),
      'matters.csv:3 - bad-quoting',
    ],
    [
      'id twice',
      aFolder({ 'matters.csv': adding('transfer-01,转移,Sale,transfer,registry') }),
      'matters.csv:3 id duplicate-id',
    ],
    [
      'unit unknown',
      aFolder({ 'matters.csv': adding('t2,转移,Sale,transfer,nobody') }),
      'matters.csv:3 unit unknown-reference',
    ],
    [
      'service unknown',
      aFolder({ 'matters.csv': adding('t2,转移,Sale,nothing,registry') }),
      'matters.csv:3 service unknown-reference',
    ],
    [
      'series unknown',
      aFolder({ 'services.csv': replacing('estate,b,,4.5', 'estate,z,,4.5') }),
      'services.csv:3 series unknown-reference',
    ],
    [
      'zone unknown',
      aFolder({ 'counters.csv': replacing('b02,B02,estate', 'b02,B02,nowhere') }),
      'counters.csv:3 zone unknown-reference',
    ],
    [
      'label twice',
      aFolder({ 'counters.csv': adding('b03,B01,estate,registry,transfer:1') }),
      'counters.csv:4 label duplicate-label',
    ],
    ['prefix twice', aFolder({ 'series.csv': adding('c,B,3') }), 'series.csv:3 prefix duplicate-prefix'],
    [
      'service without first duty',
      aFolder({ 'counters.csv': replacing('transfer:1 ', 'transfer:2 ') }),
      'services.csv:2 id service-without-first-duty',
    ],
    [
      'no ordinary class',
      aFolder({ 'priority-classes.csv': replacing('ordinary,', 'usual,') }),
      'priority-classes.csv:0 id no-ordinary-class',
    ],
    [
      'materials of one language only',
      aFolder({ 'services.csv': replacing('ID card; Contract', 'ID card') }),
      'services.csv:2 bring.en bad-value',
    ],
    [
      'quota malformed',
      aFolder({ 'services.csv': replacing('30@08:30-12:00', '30@morning') }),
      'services.csv:2 quotas bad-value',
    ],
    [
      'hours backward',
      aFolder({ 'services.csv': replacing('09:00-11:30', '11:30-09:00') }),
      'services.csv:3 hours backward-span',
    ],
    [
      'weekday out of range',
      aFolder({ 'opening-hours.csv': replacing('7,', '8,') }),
      'opening-hours.csv:3 weekday bad-value',
    ],
  ])('%s', (_, files, problem) => {
    expect(problemsOf(files)).toEqual([problem]);
  });
});

test('problems of many lines and files are all reported, in the order of the files', () => {
  const files = aFolder({
    'hall.csv': (t) => t.replace('60s', 'soon').replace('03:00', '25:00'),
    'matters.csv': (t) => `${t}t2,,Sale,nothing,nobody\nt3,转移,Sale,nothing,nobody\n`,
    'counters.csv': (t) => t.replace('transfer:1 mortgage:2', 'transfer:1 mortgage:x other'),
    'series.csv': (t) => t.replace('b,B,3', 'b,bb,2'),
  });
  expect(problemsOf(files)).toEqual([
    'hall.csv:8 value bad-value',
    'hall.csv:13 value bad-value',
    'series.csv:2 prefix bad-value',
    'series.csv:2 digits bad-value',
    'matters.csv:3 name.zh missing-value',
    'matters.csv:4 service unknown-reference',
    'matters.csv:4 unit unknown-reference',
    'counters.csv:2 skills bad-value',
    'counters.csv:2 skills bad-value',
  ]);
});

test('a line that was refused is not a reason to refuse the lines that refer to it', () => {
  expect(problemsOf(aFolder({ 'zones.csv': replacing('1F,1', '1F,first') }))).toEqual([
    'zones.csv:2 sort bad-value',
  ]);
  expect(problemsOf(aFolder({ 'counters.csv': undefined }))).toEqual(['counters.csv:0 - missing-file']);
  expect(problemsOf(aFolder({ 'priority-classes.csv': replacing('9,0,是', '9,0,perhaps') }))).toEqual([
    'priority-classes.csv:3 self-service bad-value',
  ]);
});

test('a problem says what is wrong in both languages, quoting the item at fault and the row that was first', () => {
  const files = aFolder({
    'counters.csv': (t) => `${t.replace('mortgage:2', 'mortgage:x')}\nb02,B09,estate,registry,transfer:1`,
  });
  expect(importCatalogue(files)).toMatchObject({
    problems: [
      { row: 2, zh: expect.stringContaining('“mortgage:x”'), en: expect.stringContaining('"mortgage:x"') },
      { row: 4, zh: '“b02”重复，第 3 行已经用过', en: '"b02" is used twice, first in row 3' },
    ],
  });
});

test('rows are counted as a spreadsheet counts them', () => {
  const multiline = 't2,"转移\n登记","Sale\nof a home",transfer,registry';
  const files = aFolder({
    'matters.csv': (t) => `${t}${multiline}\n\n,,,,\nt3,转移,Sale,nothing,registry\n`,
  });
  // Header 1, transfer-01 2, t2 (three lines of text) 3, two empty rows, t3 6.
  expect(problemsOf(files)).toEqual(['matters.csv:6 service unknown-reference']);
});

test('after a stray quotation mark the lines below are still read', () => {
  const files = aFolder({
    'matters.csv': (t) => `${t}t2,"转移,Sale,transfer,registry\nt3,转移,Sale,nothing,registry\n`,
  });
  expect(problemsOf(files)).toEqual([
    'matters.csv:3 - bad-quoting',
    'matters.csv:4 service unknown-reference',
  ]);
});

describe('the command line', () => {
  function folderOf(files: CatalogueFiles): string {
    const folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    for (const [file, bytes] of files) writeFileSync(join(folder, file), bytes);
    return folder;
  }

  test('prints each problem on a line with file and row, ends with 1, and writes nothing', () => {
    const folder = folderOf(
      aFolder({ 'zones.csv': undefined, 'series.csv': replacing('b,B,3', 'b,B,three') }),
    );
    const before = readdirSync(folder);
    const { exitCode, lines } = checkFolder([folder]);
    expect(exitCode).toBe(1);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe('zones.csv：缺少这个文件 / The file is missing');
    expect(lines[1]).toMatch(
      /^series\.csv 第 2 行 digits：“three”不对，.* \/ "three" should be a whole number/,
    );
    expect(readdirSync(folder)).toEqual(before);
  });

  test('without a folder says how it is called', () => {
    expect(checkFolder([])).toMatchObject({ exitCode: 2, lines: [expect.stringContaining('main.ts')] });
    expect(checkFolder(['a', 'b']).exitCode).toBe(2);
  });
});
