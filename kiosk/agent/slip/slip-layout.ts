import { Temporal } from 'temporal-polyfill';
import type { Text } from '#domain/catalogue/schema.ts';
import { counterRanges } from '#domain/catalogue/counter-ranges.ts';
import { columnsOf, printable, wrapColumns } from './printer-columns.ts';
import type { Slip } from './slip.ts';
import type { Align, Paper, SlipBlock } from './slip-blocks.ts';
import { type SlipWords, slipWords } from './slip-words.ts';

/**
 * Height of the number, in font cells. The rule is 12 mm = 96 dots of ink. ×4 makes the *cell* 96 dots, but
 * a digit does not fill its cell. ×6 keeps the rule with any font whose digits fill at least 16 of 24 dots.
 */
export const NUMBER_HEIGHT = 6;
/** The face is narrow (12×24); wider than this looks stretched, and 6 × 4 characters just fit in 58 mm. */
const NUMBER_MAX_WIDTH = 6;

/**
 * Lays a slip out for a paper, pure. `bringLimit` is how many of the things to bring are listed; the others are
 * counted in one line. Throws RangeError for a number or an URL that no printer could show.
 */
export function layoutSlip(slip: Slip, paper: Paper, bringLimit = slip.bring.length): SlipBlock[] {
  checkSlip(slip);
  return [
    ...heading(slip, paper),
    ...particulars(slip, paper),
    ...bringList(slip, paper, bringLimit),
    ...liveCode(slip, paper),
    ...closing(slip, paper),
    { kind: 'cut' },
  ];
}

function checkSlip(slip: Slip): void {
  if (!/^[\x21-\x7e]{1,16}$/.test(slip.number)) throw new RangeError('slip number: 1-16 printable ASCII');
  if (!/^[\x21-\x7e]{1,200}$/.test(slip.visitUrl)) throw new RangeError('visit URL: 1-200 printable ASCII');
}

function heading(slip: Slip, paper: Paper): SlipBlock[] {
  const words = slipWords[slip.language];
  const marks = [...(slip.offline ? [words.offlineMark] : []), ...(slip.reprint ? [words.reprintMark] : [])];
  const width = Math.min(NUMBER_MAX_WIDTH, Math.floor(paper.columns / slip.number.length));
  return [
    ...lines(say(slip.hallName, slip), paper, { bold: true, align: 'center', maxLines: 2 }),
    ...sideBySide(marks, paper),
    { kind: 'text', text: slip.number, width, height: NUMBER_HEIGHT, bold: true, align: 'center' },
    ...place(slip, paper),
    ...counters(slip, paper),
    ruleLine(paper),
  ];
}

/** Broken between the marks, never inside one. */
function sideBySide(marks: readonly string[], paper: Paper): SlipBlock[] {
  const joined = marks.join('');
  const fits = columnsOf(joined) * 2 <= paper.columns;
  return (fits ? [joined] : marks).flatMap((mark) => lines(mark, paper, large));
}

// Large in Chinese on an English slip too: it is what the signs in the hall say. However long the name is, the
// floor is never what gets clipped.
function place(slip: Slip, paper: Paper): SlipBlock[] {
  const together = lines(`${slip.zone.zh} ${slip.floor}`, paper, large);
  const apart = () => [
    ...lines(slip.zone.zh, paper, { ...large, maxLines: 2 }),
    ...lines(slip.floor, paper, large),
  ];
  return [
    ...(slip.language === 'en'
      ? lines(say(slip.zone, slip), paper, { bold: true, align: 'center', maxLines: 2 })
      : []),
    ...(together.length <= 2 ? together : apart()),
  ];
}

function counters(slip: Slip, paper: Paper): SlipBlock[] {
  if (slip.counters.length === 0) return [];
  const text = `${slipWords[slip.language].counters} ${counterRanges(slip.counters).join(' ')}`;
  return lines(text, paper, { ...large, maxLines: 2 });
}

interface Row {
  readonly label: string;
  readonly value: string;
  readonly maxLines?: number;
  readonly isBold?: boolean;
}

function particulars(slip: Slip, paper: Paper): SlipBlock[] {
  const words = slipWords[slip.language];
  const rows: readonly Row[] = [
    { label: words.service, value: say(slip.service, slip), maxLines: 3 },
    ...timeRows(slip, words),
    ...waitRows(slip, words),
  ];
  const labelColumns = Math.max(...rows.map(({ label }) => columnsOf(label))) + 2;
  return rows.flatMap((row) => rowLines(row, labelColumns, paper));
}

function timeRows(slip: Slip, words: SlipWords): Row[] {
  const instant = Temporal.Instant.fromEpochMilliseconds(slip.takenAtMs);
  const local = instant.toZonedDateTimeISO(slip.timeZone ?? 'Asia/Shanghai');
  const date = local.toPlainDate().toString();
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  const day = { label: words.day, value: slip.businessDate };
  if (slip.timeUnsure === true) return [day];
  const taken = { label: words.taken, value: `${date} ${time}` };
  return date === slip.businessDate ? [taken] : [day, taken];
}

function waitRows({ peopleAhead, estimateMinutes }: Slip, words: SlipWords): Row[] {
  const rows: Row[] = [];
  if (peopleAhead !== undefined) {
    rows.push({ label: words.ahead, value: words.people(peopleAhead), isBold: true });
  }
  if (estimateMinutes !== undefined) {
    rows.push({ label: words.wait, value: words.estimate(estimateMinutes.p50, estimateMinutes.p90) });
  }
  return rows;
}

function rowLines({ label, value, maxLines, isBold = false }: Row, labelColumns: number, paper: Paper) {
  return wrapColumns(value, paper.columns - labelColumns, maxLines).map((line, index) => {
    const head = index === 0 ? label : '';
    return textLine(head + ' '.repeat(labelColumns - columnsOf(head)) + line, { bold: isBold });
  });
}

function bringList(slip: Slip, paper: Paper, limit: number): SlipBlock[] {
  if (slip.bring.length === 0) return [];
  const words = slipWords[slip.language];
  const left = slip.bring.length - limit;
  return [
    ruleLine(paper),
    textLine(words.bring, { bold: true }),
    ...slip.bring
      .slice(0, limit)
      .flatMap((item) => rowLines({ label: '□', value: say(item, slip), maxLines: 3 }, 3, paper)),
    ...(left > 0 ? lines(words.moreToBring(left), paper) : []),
  ];
}

function liveCode(slip: Slip, paper: Paper): SlipBlock[] {
  return [
    ruleLine(paper),
    { kind: 'qr', content: slip.visitUrl, cell: paper.qrCell },
    // Also the QR's quiet zone towards its caption.
    { kind: 'feed', lines: 1 },
    ...lines(slipWords[slip.language].scan, paper, { align: 'center' }),
    { kind: 'feed', lines: 1 },
  ];
}

function closing(slip: Slip, paper: Paper): SlipBlock[] {
  const words = slipWords[slip.language];
  return [
    ...(slip.offline ? lines(words.offlineNote, paper) : []),
    ...lines(say(slip.missedCallRule, slip), paper, { maxLines: 4 }),
    ...lines(`${words.hotline} ${slip.hotline}`, paper, { bold: true }),
  ];
}

// Typographic quotes and dashes come from the printer's Chinese font, two columns wide: "Citizens’  Service".
function say(text: Text, { language }: Slip): string {
  if (language === 'zh') return text.zh;
  return text.en.replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/[–—]/g, '-').replace(/…/g, '...');
}

interface LineStyle {
  readonly bold?: boolean;
  readonly align?: Align;
  readonly width?: number;
  readonly height?: number;
  readonly maxLines?: number;
}

const large: LineStyle = { bold: true, align: 'center', width: 2, height: 2 };

function lines(text: string, paper: Paper, style: LineStyle = {}): SlipBlock[] {
  const columns = Math.floor(paper.columns / (style.width ?? 1));
  return wrapColumns(text, columns, style.maxLines).map((line) => textLine(line, style));
}

function textLine(text: string, style: LineStyle = {}): SlipBlock {
  const { bold = false, align = 'left', width = 1, height = 1 } = style;
  return { kind: 'text', text: printable(text), width, height, bold, align };
}

function ruleLine(paper: Paper): SlipBlock {
  return textLine('-'.repeat(paper.columns));
}
