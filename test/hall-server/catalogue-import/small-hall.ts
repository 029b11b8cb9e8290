import { Buffer } from 'node:buffer';
import type { Catalogue } from '#domain/catalogue/schema.ts';
import { importCatalogue } from '#hall-server/catalogue-import/import-catalogue.ts';
import type { CatalogueFiles } from '#hall-server/catalogue-import/import-catalogue.ts';

/** The smallest hall that imports, as text by file name. */
const smallHall: Readonly<Record<string, string>> = {
  'hall.csv': [
    'key,value,note',
    'id,small-hall,编号',
    'name.zh,小厅,',
    'name.en,Small hall,',
    'time-zone,Asia/Shanghai,',
    'hotline,12345,',
    'max-recalls,2,',
    'no-show-after,60s,',
    'no-show-block,3min,',
    'return-behind,end,',
    'preference-yields-after,15min,',
    'reopen-within,1h,',
    'roll-over-at,03:00,',
  ].join('\n'),
  'opening-hours.csv': 'weekday,hours\n1,08:30-12:00 13:30-17:30\n7,\n',
  'zones.csv': 'id,name.zh,name.en,floor,sort\nestate,不动产区,Real Estate,1F,1\n',
  'units.csv': 'id,name.zh,name.en,zone\nregistry,不动产登记中心,Registry,estate\n',
  'series.csv': 'id,prefix,digits\nb,B,3\n',
  'services.csv': [
    'id,name.zh,name.en,unit,zone,series,frequent,demand,bring.zh,bring.en,quotas,hours',
    'transfer,转移登记,Transfer,registry,estate,b,1,10,身份证；合同,ID card; Contract,60 30@08:30-12:00,',
    'mortgage,抵押登记,Mortgage,registry,estate,b,,4.5,,,,09:00-11:30',
  ].join('\n'),
  'matters.csv':
    'id,name.zh,name.en,service,unit\ntransfer-01,二手房过户,Transfer of a home,transfer,registry\n',
  'counters.csv': [
    'id,label,zone,unit,skills',
    'b01,B01,estate,registry,transfer:1 mortgage:2',
    'b02,B02,estate,registry,mortgage:1',
  ].join('\n'),
  'priority-classes.csv': [
    'id,name.zh,name.en,rank,max-overtakes,self-service',
    'senior,老年人,Seniors,4,3,yes',
    'ordinary,普通,Ordinary,9,0,是',
  ].join('\n'),
};

export type Encode = (text: string) => Uint8Array;

/** The small hall with some files' text changed or (undefined) left out. */
export function aFolder(
  changes: Readonly<Record<string, ((text: string) => string) | undefined>> = {},
  encode: Encode = (text) => Buffer.from(text, 'utf8'),
): CatalogueFiles {
  const files = new Map<string, Uint8Array>();
  for (const [file, text] of Object.entries(smallHall)) {
    if (!(file in changes)) files.set(file, encode(text));
    else if (changes[file]) files.set(file, encode(changes[file](text)));
  }
  return files;
}

export function replacing(from: string, to: string): (text: string) => string {
  return (text) => {
    if (!text.includes(from)) throw new Error(`"${from}" is not in the file`);
    return text.replace(from, to);
  };
}

export function adding(line: string): (text: string) => string {
  return (text) => `${text.trimEnd()}\n${line}\n`;
}

/** Problems as "file:row column code". */
export function problemsOf(files: CatalogueFiles): readonly string[] {
  const result = importCatalogue(files);
  if (result.ok) return [];
  return result.problems.map(({ file, row, column, code }) => `${file}:${row} ${column ?? '-'} ${code}`);
}

export function catalogueOf(files: CatalogueFiles): Catalogue {
  const result = importCatalogue(files);
  if (!result.ok) throw new Error(JSON.stringify(result.problems, null, 1));
  return result.catalogue;
}
