/** The panel as the page finds it, and what has to fit on a row of it. */
export interface Panel {
  /** Of the page, in CSS pixels: a 4K panel with a scale of 2 gives the same rows as one of 1080p. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly diagonalInches: number;
  /** From the panel to the seat that is farthest away. */
  readonly distanceM: number;
  /** Width of the longest number and of the longest counter label, in their font size: `textEms` of shared/screen. */
  readonly numberEms: number;
  readonly counterEms: number;
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

/** Of Noto Sans SC, in the font size. */
const DIGIT_HEIGHT = 0.734;

/** Header and footer at 1920 × 1080, in the units of the tokens. */
export const CHROME_UNITS = 164;
const GUTTER_UNITS = 48;
/** Beyond eight a row is no longer found at a glance. */
const MOST_ROWS = 8;

/** A row's height over the height of its digits, beside and above each other. */
const ROW_BESIDE = 1.14;
const ROW_STACKED = 2.05;
/** Size of the counter over that of the number: as large as the width allows, within these. */
const COUNTER_BESIDE = { least: 0.55, most: 0.86 };
const COUNTER_STACKED = { least: 0.4, most: 0.62 };
/** Arrow with its words and the spaces around it, in the number's font size. */
const ARROW_EMS = 0.6;

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
  const beside = fit(panel, room, neededMm / mmPerPx, false);
  const stacked = fit(panel, room, neededMm / mmPerPx, true);
  const best = beside.numberPx < stacked.numberPx && isTooSmall(beside) ? stacked : beside;
  return { ...best, digitMm: best.numberPx * DIGIT_HEIGHT * mmPerPx, neededMm };

  function isTooSmall({ numberPx }: Fit): boolean {
    return numberPx * DIGIT_HEIGHT * mmPerPx < neededMm;
  }
}

type Fit = Pick<DisplayLayout, 'rows' | 'stacked' | 'numberPx' | 'counterPx'>;

function fit(
  { numberEms, counterEms }: Panel,
  room: { readonly widthPx: number; readonly heightPx: number },
  neededPx: number,
  stacked: boolean,
): Fit {
  const [rowOverDigit, counter] = stacked ? [ROW_STACKED, COUNTER_STACKED] : [ROW_BESIDE, COUNTER_BESIDE];
  const rows = Math.min(MOST_ROWS, Math.max(1, Math.floor(room.heightPx / (neededPx * rowOverDigit))));
  const beforeCounterEms = ARROW_EMS + (stacked ? 0 : numberEms);
  const narrowestEms = Math.max(numberEms, beforeCounterEms + counterEms * counter.least);
  const numberPx = Math.min(room.heightPx / rows / rowOverDigit / DIGIT_HEIGHT, room.widthPx / narrowestEms);
  const counterRoom = (room.widthPx / numberPx - beforeCounterEms) / counterEms;
  return { rows, stacked, numberPx, counterPx: numberPx * Math.min(counter.most, counterRoom) };
}
