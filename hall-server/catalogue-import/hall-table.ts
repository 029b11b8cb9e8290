import type { ImportProblem } from './problem.ts';
import type { Sheet } from './sheets.ts';
import { readTable } from './table.ts';
import type { Table, TableRow } from './table.ts';

export interface HallTable {
  /** One row with the keys as its columns; none where keys are missing. */
  readonly table: Table;
  readonly rowByKey: ReadonlyMap<string, number>;
}

/** hall.csv has a row for each setting: turned on its side it is a table of one row like the others. */
export function readHallTable(sheet: Sheet, bytes: Uint8Array | undefined): HallTable {
  const { file, columns } = sheet;
  const upright = readTable(file, bytes, { columns: ['key', 'value'], notes: ['note'] });
  const problems = [...upright.problems];
  const lines = new Map<string, TableRow>();
  for (const line of upright.rows) {
    const key = line.cells.get('key') ?? '';
    if (!columns.some(({ name }) => name === key)) problems.push(unknownKey(file, line.row, key));
    else if (lines.has(key)) problems.push(duplicateKey(file, line.row, key));
    else lines.set(key, line);
  }
  const missing = upright.isWhole ? columns.filter(({ name }) => !lines.has(name)) : [];
  problems.push(...missing.map(({ name }) => missingKey(file, name)));
  const isWhole = upright.isWhole && missing.length === 0;
  const cells = new Map([...lines].map(([key, line]) => [key, line.cells.get('value') ?? '']));
  return {
    table: { rows: isWhole ? [{ row: 1, cells }] : [], encoding: upright.encoding, isWhole, problems },
    rowByKey: new Map([...lines].map(([key, line]) => [key, line.row])),
  };
}

/** A problem of the turned table, said of the row and column that the file has. */
export function upright(problem: ImportProblem, rowByKey: ReadonlyMap<string, number>): ImportProblem {
  const row = rowByKey.get(problem.column ?? '');
  return row === undefined ? problem : { ...problem, row, column: 'value' };
}

function unknownKey(file: string, row: number, key: string): ImportProblem {
  const zh = key === '' ? 'key 不能为空' : `没有“${key}”这一项`;
  return { file, row, column: 'key', code: 'unknown-key', zh, en: `There is no setting "${key}"` };
}

function duplicateKey(file: string, row: number, key: string): ImportProblem {
  const en = `The setting "${key}" is there twice`;
  return { file, row, column: 'key', code: 'duplicate-key', zh: `“${key}”出现两次`, en };
}

function missingKey(file: string, key: string): ImportProblem {
  const en = `The setting "${key}" is missing`;
  return { file, row: 0, column: 'key', code: 'missing-key', zh: `缺少“${key}”这一项`, en };
}
