/** The panel as the page finds it, and what has to fit on a row of it. */
export interface Panel {
  /** Of the page, in CSS pixels: a 4K panel with a scale of 2 gives the same rows as one of 1080p. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly diagonalInches: number;
  /** From the panel to the seat that is farthest away. */
  readonly distanceM: number;
  /** Characters of the longest number and of the longest counter label. */
  readonly numberGlyphs: number;
  readonly counterGlyphs: number;
}

export interface DisplayLayout {
  readonly rows: number;
  /** The counter stands under the number instead of beside it. */
  readonly stacked: boolean;
  /** Font size of the number and of the counter label. */
  readonly numberPx: number;
  readonly counterPx: number;
  /** Height of the digits, and what the distance asks for; both as they appear on the panel. */
  readonly digitMm: number;
  readonly neededMm: number;
}

const MM_PER_INCH = 25.4;
/** Distance over height of the digits; also ISO 9241's order of size for text read at a glance. */
const DISTANCE_TO_HEIGHT = 90;

/** Noto Sans SC, measured at 1000 px: digits are 734 high and 590 wide; capitals up to 757 but for M and W. */
const DIGIT_HEIGHT = 0.734;
const GLYPH_WIDTH = 0.62;

/** Header and footer at 1920 × 1080, in the units of the tokens. */
export const CHROME_UNITS = 164;
const GUTTER_UNITS = 64;
/** Beyond eight a row is no longer found at a glance. */
const MOST_ROWS = 8;

/** A row's height over the height of its digits, beside and above each other. */
const ROW_BESIDE = 1.14;
const ROW_STACKED = 2.05;
const COUNTER_BESIDE = 0.86;
const COUNTER_STACKED = 0.62;
/** Arrow with its words and the spaces around it, in the number's font size. */
const ARROW_WIDTH = 0.62;

/**
 * How many rows a panel carries so that the digits are at least a ninetieth of the distance high. 55 inches, 1080p and 15 m: the panel is
 * 1,080 px or 685 mm high and the digits 167 mm, so four would fill it to the edge; with header and footer it is three.
 * Room that is left over makes the numbers larger. A panel too small for its hall gets one row, as large as it can be.
 */
export function displayLayout(panel: Panel): DisplayLayout {
  const { widthPx, heightPx } = panel;
  const isPortrait = heightPx > widthPx;
  const unitPx = isPortrait
    ? Math.min(widthPx / 1080, heightPx / 1920)
    : Math.min(widthPx / 1920, heightPx / 1080);
  const mmPerPx = (panel.diagonalInches * MM_PER_INCH) / Math.hypot(widthPx, heightPx);
  const neededMm = (panel.distanceM * 1000) / DISTANCE_TO_HEIGHT;
  const room = { widthPx: widthPx - 2 * GUTTER_UNITS * unitPx, heightPx: heightPx - CHROME_UNITS * unitPx };
  const [beside, stacked] = [false, true].map((isStacked) =>
    fit(panel, room, neededMm / mmPerPx, isStacked),
  ) as [Fit, Fit];
  const best =
    beside.numberPx * DIGIT_HEIGHT * mmPerPx >= neededMm - 1e-6 || beside.numberPx >= stacked.numberPx
      ? beside
      : stacked;
  return { ...best, digitMm: best.numberPx * DIGIT_HEIGHT * mmPerPx, neededMm };
}

type Fit = Pick<DisplayLayout, 'rows' | 'stacked' | 'numberPx' | 'counterPx'>;

function fit(
  { numberGlyphs, counterGlyphs }: Panel,
  room: { readonly widthPx: number; readonly heightPx: number },
  neededPx: number,
  stacked: boolean,
): Fit {
  const [rowOverDigit, counterOverNumber] = stacked
    ? [ROW_STACKED, COUNTER_STACKED]
    : [ROW_BESIDE, COUNTER_BESIDE];
  const rows = Math.min(MOST_ROWS, Math.max(1, Math.floor(room.heightPx / (neededPx * rowOverDigit))));
  const counterEms = counterGlyphs * GLYPH_WIDTH * counterOverNumber;
  const numberEms = numberGlyphs * GLYPH_WIDTH;
  const widthEms = stacked
    ? Math.max(numberEms, counterEms + ARROW_WIDTH)
    : numberEms + ARROW_WIDTH + counterEms;
  const numberPx = Math.min(room.heightPx / rows / rowOverDigit / DIGIT_HEIGHT, room.widthPx / widthEms);
  return { rows, stacked, numberPx, counterPx: numberPx * counterOverNumber };
}
