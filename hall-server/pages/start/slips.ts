/** A line as it came off the serial line. `width` and `height` multiply the 12×24-dot cell of the printer's font. */
export interface SlipLine {
  readonly text: string;
  readonly width: number;
  readonly height: number;
  readonly bold: boolean;
  readonly align: 'left' | 'center' | 'right';
}

/** One slip of GET /api/v1/demonstration/slips; absent fields were not among the bytes. */
export interface PrintedSlip {
  readonly bytes: number;
  readonly lines: readonly SlipLine[];
  readonly qr?: string;
  /** Dots per QR module. */
  readonly qrCell?: number;
  /** Index into `lines` before which the QR stands. */
  readonly qrBeforeLine?: number;
  readonly isCut: boolean;
}

/** Words of one cell width, and where they stand, in dots. Neither starts nor ends in a space: a browser would drop it. */
export interface Run {
  readonly text: string;
  readonly x: number;
  readonly width: number;
}

/** A line on the paper, in dots. */
export interface DrawnLine {
  readonly height: number;
  readonly bold: boolean;
  readonly runs: readonly Run[];
}

/** The stand-in printers of the demonstration take 80 mm paper: 48 columns. */
export const PAPER_DOTS = 576;
const CELL_DOTS = 12;
const CELL_HEIGHT_DOTS = 24;
const SHOWN = 3;
/** ASCII words with single spaces between them, or the spaces beside, or characters of double width. */
const PIECE = /[\x21-\x7e]+(?: [\x21-\x7e]+)*| +|[^\x20-\x7e]+/gu;

/** In Chinese mode the printer draws ASCII from its 12-dot font and everything else from its 24-dot one. */
const isWide = (character: string): boolean => character > '\x7e';

/**
 * Where a printer would put the characters of a line. Runs of one width are kept together and drawn stretched to exactly their
 * cells: a browser's font has other proportions, and the columns of a slip must stand under each other as on paper.
 */
export function drawLine({ text, width, height, bold, align }: SlipLine): DrawnLine {
  const cell = CELL_DOTS * width;
  const runs: Run[] = [];
  let x = 0;
  for (const piece of text.match(PIECE) ?? []) {
    const dots = [...piece].reduce((sum, character) => sum + (isWide(character) ? 2 : 1) * cell, 0);
    if (!piece.startsWith(' ')) runs.push({ text: piece, x, width: dots });
    x += dots;
  }
  const start = { left: 0, center: (PAPER_DOTS - x) / 2, right: PAPER_DOTS - x }[align];
  return {
    height: CELL_HEIGHT_DOTS * height,
    bold,
    runs: runs.map((run) => ({ ...run, x: run.x + start })),
  };
}

/** The slips that are laid out, newest first. */
export function newestOf(slips: readonly PrintedSlip[]): readonly PrintedSlip[] {
  return slips.slice(0, SHOWN);
}

/** What a person would call the slip: its largest line, which is the number. */
export function headingOf({ lines }: PrintedSlip): string {
  const largest = lines.reduce<SlipLine | undefined>(
    (found, line) => (line.text.trim() !== '' && line.height > (found?.height ?? 0) ? line : found),
    undefined,
  );
  return largest?.text.trim() ?? '';
}
