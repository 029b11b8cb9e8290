import type { CatalogueProblemCode } from '#domain/catalogue/check.ts';
import type { Text } from '#domain/catalogue/schema.ts';

/** What is wrong with a file or a line by itself; the rules between lines have the domain's own codes. */
export type FileProblemCode =
  | 'missing-file'
  | 'bad-encoding'
  | 'lost-character'
  | 'bad-quoting'
  | 'missing-column'
  | 'unknown-column'
  | 'duplicate-column'
  | 'missing-key'
  | 'unknown-key'
  | 'duplicate-key'
  | 'surplus-cells'
  | 'no-rows'
  | 'missing-value'
  | 'bad-value';

/** One thing that an administrator has to mend. `zh` and `en` say what, without naming file and row again. */
export interface ImportProblem extends Text {
  readonly file: string;
  /** As a spreadsheet numbers rows: the header is 1. 0 where the file as a whole is meant. */
  readonly row: number;
  readonly column?: string;
  readonly code: FileProblemCode | CatalogueProblemCode;
}

/** Problems in the order in which somebody goes through the files. */
export function inReadingOrder(
  problems: readonly ImportProblem[],
  files: readonly string[],
): readonly ImportProblem[] {
  return [...problems].sort((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.row - b.row);
}

/** One line for a terminal: "services.csv 第 12 行 unit：… / …". */
export function problemLine({ file, row, column, zh, en }: ImportProblem): string {
  const place = [file, row > 0 ? `第 ${row} 行` : undefined, column].filter((part) => part !== undefined);
  return `${place.join(' ')}：${zh} / ${en}`;
}
