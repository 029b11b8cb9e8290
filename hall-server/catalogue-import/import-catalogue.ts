import { checkCatalogue } from '#domain/catalogue/check.ts';
import type { CatalogueCollection, CatalogueProblem } from '#domain/catalogue/check.ts';
import { catalogueSchema } from '#domain/catalogue/schema.ts';
import type { Catalogue } from '#domain/catalogue/schema.ts';
import { readHallTable, upright } from './hall-table.ts';
import { inReadingOrder } from './problem.ts';
import type { ImportProblem } from './problem.ts';
import { readRows } from './read-rows.ts';
import type { SheetRows } from './read-rows.ts';
import * as sheet from './sheets.ts';
import type { HallSettings, Sheet } from './sheets.ts';
import { readTable } from './table.ts';
import type { TableRow } from './table.ts';

/** Contents by file name, e.g. 'zones.csv'. Files that are no part of a catalogue are passed over. */
export type CatalogueFiles = ReadonlyMap<string, Uint8Array>;

export type ImportResult =
  | { readonly ok: true; readonly catalogue: Catalogue }
  | { readonly ok: false; readonly problems: readonly ImportProblem[] };

/** The names of the files of a catalogue. */
export const catalogueFileNames: readonly string[] = sheet.sheets.map(({ file }) => file);

/** A catalogue from its CSV files: whole, or every problem of every file in reading order. Touches nothing. */
export function importCatalogue(files: CatalogueFiles): ImportResult {
  const hallTable = readHallTable(sheet.hallSheet, files.get(sheet.hallSheet.file));
  const hall = readRows(sheet.hallSheet, hallTable.table);
  const rest = readSheets(files);
  const collected = [hall, ...Object.values(rest)];
  const problems = [...collected.flatMap((each) => each.problems), ...crossProblems({ hall, ...rest })].map(
    (problem) => (problem.file === hall.sheet.file ? upright(problem, hallTable.rowByKey) : problem),
  );
  if (problems.length > 0) return { ok: false, problems: inReadingOrder(problems, catalogueFileNames) };
  return { ok: true, catalogue: assemble(hall, rest) };
}

type SheetsRead = ReturnType<typeof readSheets>;
type HallRead = SheetRows<HallSettings>;

function readSheets(files: CatalogueFiles) {
  const read = <Row>(of: Sheet<Row>): SheetRows<Row> => {
    const columns = of.columns.map(({ name }) => name);
    return readRows(of, readTable(of.file, files.get(of.file), { columns }));
  };
  return {
    openingDays: read(sheet.openingHoursSheet),
    zones: read(sheet.zonesSheet),
    units: read(sheet.unitsSheet),
    series: read(sheet.seriesSheet),
    services: read(sheet.servicesSheet),
    matters: read(sheet.mattersSheet),
    counters: read(sheet.countersSheet),
    priorityClasses: read(sheet.priorityClassesSheet),
  };
}

function valuesOf<Row>({ good }: SheetRows<Row>): Row[] {
  return good.map(({ value }) => value);
}

function partsOf(rest: SheetsRead) {
  return {
    zones: valuesOf(rest.zones),
    units: valuesOf(rest.units),
    series: valuesOf(rest.series),
    services: valuesOf(rest.services),
    matters: valuesOf(rest.matters),
    counters: valuesOf(rest.counters),
    priorityClasses: valuesOf(rest.priorityClasses),
  };
}

function assemble(hall: HallRead, rest: SheetsRead): Catalogue {
  const [settings] = valuesOf(hall);
  if (!settings) throw new Error('hall.csv was accepted without settings');
  const { rules, ...identity } = settings;
  const openingDays = valuesOf(rest.openingDays);
  return catalogueSchema.parse({ hall: { ...identity, openingDays }, rules, ...partsOf(rest) });
}

type AllRead = SheetsRead & { readonly hall: HallRead };

/** The domain's rules over the rows that could be read, said of files and rows. */
function crossProblems(read: AllRead): readonly ImportProblem[] {
  const [settings] = valuesOf(read.hall);
  const openingDays = valuesOf(read.openingDays);
  const hall = settings ? { openingDays, timeZone: settings.timeZone } : { openingDays };
  return checkCatalogue({ hall, ...partsOf(read) })
    .filter((problem) => !isEcho(problem, read))
    .map((problem) => located(problem, read));
}

/** Whether a breach is there only because another line was refused, which has been told already. */
function isEcho({ code, index, target }: CatalogueProblem, read: AllRead): boolean {
  if (code === 'unknown-reference' && target) return mayHold(read[target.collection], target.id);
  if (code === 'no-ordinary-class') return mayHold(read.priorityClasses, 'ordinary');
  if (code === 'service-without-first-duty' && index !== undefined) {
    const id = read.services.good[index]?.value.id ?? '';
    return !read.counters.isWhole || read.counters.refused.some((line) => names(line, id));
  }
  return false;
}

function names({ cells }: TableRow, serviceId: string): boolean {
  return (cells.get('skills') ?? '').split(/[\s:：]+/).includes(serviceId);
}

function mayHold({ isWhole, refused }: SheetRows<unknown>, id: string): boolean {
  return !isWhole || refused.some(({ cells }) => cells.get('id') === id);
}

function located(problem: CatalogueProblem, read: Readonly<Record<CatalogueCollection, SheetRows<unknown>>>) {
  const { code, collection, index, field, firstIndex, zh, en } = problem;
  const rows = read[collection];
  const column = rows.sheet.columns.find(({ path }) => path[0] === field)?.name;
  const first = firstIndex === undefined ? undefined : rows.good[firstIndex]?.row;
  return {
    file: rows.sheet.file,
    row: index === undefined ? 0 : (rows.good[index]?.row ?? 0),
    ...(column === undefined ? {} : { column }),
    code,
    zh: first === undefined ? zh : `${zh}，第 ${first} 行已经用过`,
    en: first === undefined ? en : `${en}, first in row ${first}`,
  };
}
