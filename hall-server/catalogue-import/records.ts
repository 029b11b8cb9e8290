import { CsvError, parse } from 'csv-parse/sync';

export interface CsvRecord {
  /** As a spreadsheet numbers it: a cell with line breaks does not count twice, an empty line counts. */
  readonly row: number;
  readonly cells: readonly string[];
}

export interface CsvRecords {
  readonly records: readonly CsvRecord[];
  /** Rows whose quotation marks do not match. They are left out of `records`. */
  readonly badRows: readonly number[];
}

interface Numbered {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * The rows of a CSV text. After a row with a stray quotation mark it goes on at the next line of the file;
 * csv-parse's own skip_records_with_error stays inside the quotation and swallows the rest.
 */
export function readRecords(text: string): CsvRecords {
  const lines = text.replaceAll(/\r\n?/g, '\n').split('\n');
  const records: CsvRecord[] = [];
  const badRows: number[] = [];
  let row = 0;
  let nextLine = 0;
  while (nextLine < lines.length) {
    const { parsed, isComplete } = parseUpToError(lines.slice(nextLine).join('\n'));
    for (const { record } of parsed) records.push({ row: ++row, cells: record });
    if (isComplete) break;
    badRows.push(++row);
    nextLine += (parsed.at(-1)?.info.lines ?? 0) + 1;
  }
  return { records: records.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')), badRows };
}

function parseUpToError(text: string): { parsed: readonly Numbered[]; isComplete: boolean } {
  try {
    return { parsed: parseAll(text), isComplete: true };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const count = Number((error as { records?: unknown }).records);
    return { parsed: count > 0 ? parseAll(text, count) : [], isComplete: false };
  }
}

function parseAll(text: string, to?: number): readonly Numbered[] {
  const limit = to === undefined ? {} : { to };
  const options = { info: true, relax_column_count: true, record_delimiter: '\n', ...limit };
  return parse(text, options) as unknown as readonly Numbered[];
}
