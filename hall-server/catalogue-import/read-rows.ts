import type { Encoding } from './decode.ts';
import type { ImportProblem } from './problem.ts';
import type { Column, Sheet } from './sheets.ts';
import { text } from './cells.ts';
import type { Table, TableRow } from './table.ts';

export interface GoodRow<Row> {
  readonly row: number;
  readonly value: Row;
}

export interface SheetRows<Row> {
  readonly sheet: Sheet<Row>;
  readonly good: readonly GoodRow<Row>[];
  /** Lines that were refused: what refers to them is not at fault as well. */
  readonly refused: readonly TableRow[];
  /** False where rows are missing: what refers to them cannot be judged. */
  readonly isWhole: boolean;
  readonly problems: readonly ImportProblem[];
}

/** Each row of a table through the sheet's schema. */
export function readRows<Row>(sheet: Sheet<Row>, table: Table): SheetRows<Row> {
  const good: GoodRow<Row>[] = [];
  const refused: TableRow[] = [];
  const problems: ImportProblem[] = [...table.problems];
  for (const line of table.rows) {
    const found = cellProblems(sheet, line, table.encoding);
    const result = sheet.schema.safeParse(toRaw(sheet.columns, line));
    if (result.success) good.push({ row: line.row, value: result.data });
    else refused.push(line);
    problems.push(...found);
    if (!result.success) problems.push(...valueProblems(sheet, line, result.error.issues, found));
  }
  const isBare = sheet.needsRows && table.rows.length === 0;
  if (isBare && table.isWhole) problems.push(noRows(sheet.file));
  return { sheet, good, refused, isWhole: table.isWhole && !isBare, problems };
}

function noRows(file: string): ImportProblem {
  return { file, row: 0, code: 'no-rows', zh: '文件里没有任何内容行', en: 'The file has no rows' };
}

function cellProblems(sheet: Sheet, line: TableRow, encoding: Encoding): readonly ImportProblem[] {
  return sheet.columns.flatMap((column): readonly ImportProblem[] => {
    const cell = line.cells.get(column.name) ?? '';
    const at = { file: sheet.file, row: line.row, column: column.name };
    if (cell === '' && !column.isOptional) {
      return [{ ...at, code: 'missing-value', zh: '此格不能为空', en: 'This cell may not be empty' }];
    }
    return isDamaged(column, cell, encoding) ? [{ ...at, ...damaged(cell) }] : [];
  });
}

/**
 * Excel's plain CSV is GBK: it writes characters beyond it (𠮷, 㛃) as '?', in silence. In such a file a question
 * mark in a name is a lost character until somebody says otherwise by saving as UTF-8.
 */
function isDamaged({ kind }: Column, cell: string, encoding: Encoding): boolean {
  return cell.includes('\uFFFD') || (kind === text && encoding === 'gb18030' && cell.includes('?'));
}

function damaged(cell: string) {
  return {
    code: 'lost-character',
    zh: `“${cell}”里有字在另存时丢失，请改正并另存为“CSV UTF-8”`,
    en: `A character was lost in "${cell}" on saving: mend it and save as "CSV UTF-8"`,
  } as const;
}

interface Issue {
  readonly path: readonly PropertyKey[];
}

function valueProblems(
  sheet: Sheet,
  line: TableRow,
  issues: readonly Issue[],
  found: readonly ImportProblem[],
): readonly ImportProblem[] {
  const told = new Set(found.map(({ column }) => column));
  return issues.flatMap(({ path }) => {
    const column = columnOf(sheet, path);
    const cell = line.cells.get(column.name) ?? '';
    const quoted = quotedOf(column, cell, path);
    // One cell with three bad items has three problems; one item with two has one.
    const key = `${column.name} ${quoted}`;
    if (told.has(column.name) || told.has(key)) return [];
    told.add(key);
    const { zh, en } = column.kind.expects;
    const said = { zh: `“${quoted}”不对，应为${zh}`, en: `"${quoted}" should be ${en}` };
    return [{ file: sheet.file, row: line.row, column: column.name, code: 'bad-value' as const, ...said }];
  });
}

function columnOf(sheet: Sheet, path: readonly PropertyKey[]): Column {
  const column = sheet.columns.find((each) =>
    each.path.every((part, i) => i >= path.length || part === '*' || part === path[i]),
  );
  if (!column) throw new Error(`${sheet.file}: no column fills ${path.join('.')}`);
  return column;
}

function quotedOf({ kind }: Column, cell: string, path: readonly PropertyKey[]): string {
  const index = path.find((part) => typeof part === 'number');
  if (index === undefined || !kind.items) return cell;
  return kind.items(cell)[index] ?? cell;
}

type Raw = Record<string, unknown>;

function toRaw(columns: readonly Column[], { cells }: TableRow): Raw {
  const raw: Raw = {};
  for (const { name, kind, path, isOptional } of columns) {
    const cell = cells.get(name) ?? '';
    const isLeftOut = cell === '' && isOptional && kind.items === undefined;
    if (!isLeftOut) place(raw, path, kind.read(cell));
  }
  return raw;
}

function place(target: Raw, [part = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    target[part] = value;
    return;
  }
  if (rest[0] === '*') {
    placeEach(target, part, rest.slice(1), value as readonly unknown[]);
    return;
  }
  const inner = (target[part] ?? {}) as Raw;
  target[part] = inner;
  place(inner, rest, value);
}

function placeEach(target: Raw, part: string, rest: readonly string[], values: readonly unknown[]): void {
  const list = (target[part] ?? []) as Raw[];
  target[part] = list;
  values.forEach((value, i) => {
    const item = list[i] ?? {};
    list[i] = item;
    place(item, rest, value);
  });
}
