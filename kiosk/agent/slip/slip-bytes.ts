import iconv from 'iconv-lite';
import { PrinterTypes, ThermalPrinter } from 'node-thermal-printer';
import type { Text } from '#domain/catalogue/schema.ts';
import type { Slip } from './slip.ts';
import type { Paper, SlipBlock } from './slip-blocks.ts';
import { layoutSlip } from './slip-layout.ts';

/** At 9,600 baud (960 bytes a second) this stays under 2 s on the wire, the confirmation included. */
export const SLIP_MAX_BYTES = 1500;

// The library's own Chinese mode sends ESC R 15 and GBK; 㐀 would become '?'. FS & and GB 18030 do not.
const RESET = Buffer.from([0x1b, 0x40]);
const CHINESE_MODE = Buffer.from([0x1c, 0x26]);

/**
 * A slip as ESC/POS bytes, at most SLIP_MAX_BYTES. Where the things to bring would make it longer, the last of
 * them give way to a line that counts them. Throws RangeError as layoutSlip does.
 */
export function slipBytes(slip: Slip, paper: Paper): Buffer {
  for (const [candidate, bringLimit] of fromFullest(slip)) {
    const bytes = blocksToBytes(layoutSlip(candidate, paper, bringLimit));
    if (bytes.length <= SLIP_MAX_BYTES) return bytes;
  }
  throw new RangeError(`slip ${slip.number} cannot be made to fit in ${SLIP_MAX_BYTES} bytes`);
}

// Texts are shortened last, and only names made wholly of four-byte characters come that far.
function* fromFullest(slip: Slip): Generator<readonly [slip: Slip, bringLimit: number]> {
  for (let limit = slip.bring.length; limit >= 0; limit -= 1) yield [slip, limit];
  for (const characters of [40, 20, 10]) yield [shortened(slip, characters), 0];
}

function shortened(slip: Slip, characters: number): Slip {
  const cut = (text: string) => {
    const all = Array.from(text);
    return all.length <= characters ? text : `${all.slice(0, characters - 1).join('')}…`;
  };
  const cutBoth = ({ zh, en }: Text): Text => ({ zh: cut(zh), en: cut(en) });
  return {
    ...slip,
    hallName: cutBoth(slip.hallName),
    zone: cutBoth(slip.zone),
    service: cutBoth(slip.service),
    missedCallRule: cutBoth(slip.missedCallRule),
  };
}

/** The bytes of laid-out blocks: reset, Chinese mode, the blocks, and whatever the cut block brings. */
export function blocksToBytes(blocks: readonly SlipBlock[]): Buffer {
  // No interface: the library only builds bytes here, and its types alone insist on one.
  const builder = new ThermalPrinter({ type: PrinterTypes.EPSON, interface: '' });
  builder.add(RESET);
  builder.add(CHINESE_MODE);
  const style = createStyle(builder);
  for (const block of blocks) addBlock(builder, style, block);
  return builder.getBuffer();
}

type Style = ReturnType<typeof createStyle>;

/** Sends a mode only when it changes: an ordinary slip has 637 bytes with this and 769 without. */
function createStyle(builder: ThermalPrinter) {
  let [width, height, bold, centered] = [1, 1, false, false];
  return {
    size(nextWidth: number, nextHeight: number): void {
      if (nextWidth === width && nextHeight === height) return;
      [width, height] = [nextWidth, nextHeight];
      // The library calls its parameters (height, width), but the first ends up in the width's bits.
      builder.setTextSize(width - 1, height - 1);
    },
    bold(next: boolean): void {
      if (next !== bold) builder.bold((bold = next));
    },
    centered(next: boolean): void {
      if (next === centered) return;
      centered = next;
      if (centered) builder.alignCenter();
      else builder.alignLeft();
    },
  };
}

function addBlock(builder: ThermalPrinter, style: Style, block: SlipBlock): void {
  switch (block.kind) {
    case 'text':
      style.centered(block.align === 'center');
      style.bold(block.bold);
      style.size(block.width, block.height);
      builder.add(iconv.encode(`${block.text}\n`, 'gb18030'));
      return;
    case 'qr':
      style.centered(true);
      // M restores 15 %, enough for a crease; a higher level needs a wider symbol for the same content.
      builder.printQR(block.content, { model: 2, cellSize: block.cell, correction: 'M' });
      return;
    case 'feed':
      for (let line = 0; line < block.lines; line += 1) builder.newLine();
      return;
    case 'cut':
      // One feed of four lines (15 mm) brings the last line past the knife; the library's two waste as much again.
      // Partial: the slip hangs on until it is taken and does not fall to the floor.
      builder.partialCut({ verticalTabAmount: 1 });
      return;
    default:
      block satisfies never;
  }
}
