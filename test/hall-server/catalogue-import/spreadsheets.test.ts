import { Buffer } from 'node:buffer';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { aFolder, catalogueOf, problemsOf, replacing } from './small-hall.ts';

describe('what spreadsheets do to a file', () => {
  const plain = catalogueOf(aFolder());
  const rare = { 'zones.csv': replacing('不动产区', '𠮷㛃区') };

  test('a byte order mark, CRLF, or both make no difference', () => {
    const crlf = (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'), 'utf8');
    const mark = Buffer.from([0xef, 0xbb, 0xbf]);
    expect(catalogueOf(aFolder({}, crlf))).toEqual(plain);
    expect(catalogueOf(aFolder({}, (t) => Buffer.concat([mark, Buffer.from(t)])))).toEqual(plain);
    expect(catalogueOf(aFolder({}, (t) => Buffer.concat([mark, crlf(t)])))).toEqual(plain);
  });

  test('GB 18030 is read as such, characters beyond the BMP included', () => {
    const gb18030 = (text: string) => iconv.encode(text, 'gb18030');
    expect(catalogueOf(aFolder({}, gb18030))).toEqual(plain);
    expect(catalogueOf(aFolder(rare, gb18030)).zones[0]?.name.zh).toBe('𠮷㛃区');
    expect(catalogueOf(aFolder(rare)).zones[0]?.name.zh).toBe('𠮷㛃区');
  });

  test('a character that plain CSV turned into a question mark is noticed', () => {
    const gbk = (text: string) => iconv.encode(text, 'gbk');
    expect(problemsOf(aFolder(rare, gbk))).toEqual(['zones.csv:2 name.zh lost-character']);
    const asked = aFolder({ 'matters.csv': replacing('Transfer of a home', 'Is this a home?') });
    expect(problemsOf(asked)).toEqual([]);
  });

  test('UTF-16 and a workbook under the name of a CSV file are told apart from bad lines', () => {
    const encoded = new Map(aFolder());
    encoded.set('zones.csv', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('id', 'utf16le')]));
    encoded.set('units.csv', Buffer.from('PK\u0003\u0004\u0014\0\u0006\0', 'latin1'));
    encoded.set('series.csv', Buffer.from([0x69, 0x64, 0xff, 0xff]));
    expect(problemsOf(encoded)).toEqual([
      'zones.csv:0 - bad-encoding',
      'units.csv:0 - bad-encoding',
      'series.csv:0 - bad-encoding',
    ]);
  });

  test('times without their leading zero, capitals and full-width signs are understood', () => {
    const files = aFolder({
      'opening-hours.csv': replacing('08:30-12:00 13:30-17:30', '8:30－12:00　13：30-17:30:00'),
      'hall.csv': replacing('03:00', '3:00:00'),
      'priority-classes.csv': replacing('3,yes', '3,TRUE'),
      'counters.csv': replacing('transfer:1', 'transfer：１'),
    });
    expect(catalogueOf(files)).toEqual(plain);
  });

  test('columns may stand in any order', () => {
    const files = aFolder({ 'series.csv': () => 'digits,id,prefix\n3,b,B\n' });
    expect(catalogueOf(files)).toEqual(plain);
  });
});
