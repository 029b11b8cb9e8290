import type { Text } from '#domain/catalogue/schema.ts';
import { decode } from './decode.ts';
import type { Encoding } from './decode.ts';
import type { FileProblemCode, ImportProblem } from './problem.ts';
import { readRecords } from './records.ts';
import type { CsvRecord } from './records.ts';

export interface TableRow {
  readonly row: number;
  /** By column; a cell that the row does not have is ''. */
  readonly cells: ReadonlyMap<string, string>;
}

export interface Table {
  readonly rows: readonly TableRow[];
  readonly encoding: Encoding;
  /** False where rows are missing from `rows`: what refers to them cannot be judged. */
  readonly isWhole: boolean;
  readonly problems: readonly ImportProblem[];
}

export interface Header {
  readonly columns: readonly string[];
  /** Columns that may be there or not. */
  readonly notes?: readonly string[];
}

const unreadable = { rows: [], encoding: 'utf-8', isWhole: false } as const;

const texts = {
  'utf-16': {
    zh: '文件是 UTF-16（“Unicode 文本”），请另存为“CSV UTF-8”',
    en: 'The file is UTF-16 ("Unicode text"): save it as "CSV UTF-8"',
  },
  unknown: {
    zh: '文件既不是 UTF-8 也不是 GB 18030，请另存为“CSV UTF-8”',
    en: 'The file is neither UTF-8 nor GB 18030: save it as "CSV UTF-8"',
  },
} as const;

/** The bytes of one file as rows by column. */
export function readTable(file: string, bytes: Uint8Array | undefined, header: Header): Table {
  const whole = (code: FileProblemCode, said: Text): Table => ({
    ...unreadable,
    problems: [{ file, row: 0, code, ...said }],
  });
  if (!bytes) return whole('missing-file', { zh: '缺少这个文件', en: 'The file is missing' });
  const decoded = decode(bytes);
  if (!decoded.ok) return whole('bad-encoding', texts[decoded.reason]);
  const { records, badRows } = readRecords(decoded.text);
  const quoting = badRows.map((row) => badQuoting(file, row));
  const [first, ...body] = records;
  const names = first?.cells.map((cell) => cell.trim()) ?? [];
  const heading = headerProblems(file, first?.row ?? 1, names, header);
  if (heading.some(({ code }) => code === 'missing-column')) {
    return { ...unreadable, problems: [...quoting, ...heading] };
  }
  return {
    rows: body.map((record) => ({ row: record.row, cells: byColumn(names, record) })),
    encoding: decoded.encoding,
    isWhole: badRows.length === 0,
    problems: [...quoting, ...heading, ...body.flatMap((record) => surplus(file, names.length, record))],
  };
}

function badQuoting(file: string, row: number): ImportProblem {
  const zh = '引号不成对；单元格里的英文引号要写两遍，整格再加引号';
  return { file, row, code: 'bad-quoting', zh, en: 'The quotation marks do not match' };
}

function headerProblems(
  file: string,
  row: number,
  names: readonly string[],
  { columns, notes = [] }: Header,
): readonly ImportProblem[] {
  const problem = (code: FileProblemCode, name: string, zh: string, en: string): ImportProblem => ({
    file,
    row,
    column: name,
    code,
    zh,
    en,
  });
  const isKnown = (name: string) => columns.includes(name) || notes.includes(name);
  return [
    ...columns
      .filter((name) => !names.includes(name))
      .map((name) => problem('missing-column', name, `缺少列“${name}”`, `The column "${name}" is missing`)),
    ...names
      .filter((name) => name !== '' && !isKnown(name))
      .map((name) => problem('unknown-column', name, `没有“${name}”这一列`, `There is no column "${name}"`)),
    ...names
      .filter((name, i) => name !== '' && names.indexOf(name) !== i)
      .map((name) =>
        problem('duplicate-column', name, `列“${name}”出现两次`, `The column "${name}" is there twice`),
      ),
  ];
}

function byColumn(names: readonly string[], { cells }: CsvRecord): ReadonlyMap<string, string> {
  // Backwards, so that of a column that is there twice the first one counts.
  return new Map(names.map((name, i) => [name, (cells[i] ?? '').trim()] as const).reverse());
}

/** A comma too many (in a text without quotation marks) moves all cells behind it: worth saying once, by its cause. */
function surplus(file: string, count: number, { row, cells }: CsvRecord): readonly ImportProblem[] {
  if (cells.slice(count).every((cell) => cell.trim() === '')) return [];
  const zh = '单元格比列多；含逗号的文字要加引号';
  const en = 'More cells than columns: put a text with a comma in quotation marks';
  return [{ file, row, code: 'surplus-cells', zh, en }];
}
