import { afterEach, describe, expect, it } from 'vitest';
import { createPrinter, type Printer } from '#kiosk/agent/printer/printer.ts';
import type { PrinterStatus } from '#kiosk/agent/printer/printer-status.ts';
import { slipBytes } from '#kiosk/agent/slip/slip-bytes.ts';
import { paper58, paper80 } from '#kiosk/agent/slip/slip-blocks.ts';
import { aSlip } from '#test/support/slips.ts';
import { createStandInPrinter, decodeSlip, type StandInPrinter } from '#test/support/stand-in-printer.ts';

const open: { close: () => Promise<void> }[] = [];

afterEach(async () => {
  for (const it of open.splice(0).reverse()) await it.close();
});

/** A real serial port on a pseudo-terminal, with the stand-in at its other end. */
async function connect(baudRate: number) {
  const standIn: StandInPrinter = await createStandInPrinter({ baudRate });
  open.push(standIn);
  let waiting: { readonly when: (status: PrinterStatus) => boolean; readonly go: () => void }[] = [];
  const onStatus = (status: PrinterStatus) => {
    const met = waiting.filter(({ when }) => when(status));
    waiting = waiting.filter((one) => !met.includes(one));
    met.forEach(({ go }) => go());
  };
  const printer: Printer = createPrinter({ path: standIn.path, baudRate, onStatus });
  open.push(printer);
  const until = (when: (status: PrinterStatus) => boolean) =>
    when(printer.status()) ? Promise.resolve() : new Promise<void>((go) => waiting.push({ when, go }));
  await until((status) => status.state === 'answering');
  return { standIn, printer, until };
}

describe.each([9600, 115_200])('over a serial line at %d baud', (baudRate) => {
  it('a slip arrives byte for byte, no faster than the line, in less than 2 s of line time', async () => {
    const { standIn, printer } = await connect(baudRate);
    const bytes = slipBytes(aSlip({ service: { zh: '𠮷䶮𬭚㛃', en: 'x' } }), paper80);
    const startMs = performance.now();
    expect(await printer.print(bytes, 'job-1')).toEqual({ kind: 'printed', jobId: 'job-1' });
    const tookMs = performance.now() - startMs;
    const lineMs = (bytes.length * 10_000) / baudRate;
    expect(await standIn.nextSlip()).toEqual(bytes);
    expect(lineMs).toBeLessThan(2000);
    expect(tookMs).toBeGreaterThan(lineMs * 0.99);
    expect(decodeSlip(bytes).lines.some((line) => line.text.includes('𠮷䶮𬭚㛃'))).toBe(true);
  });
});

describe('faults on the line', () => {
  it('paper out in the middle: not printed; then the reprint, marked 补打, and nothing of the first', async () => {
    const { standIn, printer, until } = await connect(115_200);
    standIn.setState({ paperEndsAfterBytes: 250 });
    const first = await printer.print(slipBytes(aSlip(), paper58), 'job-1');
    expect(first).toEqual({ kind: 'not-printed', jobId: 'job-1', reason: 'paper-out' });
    expect(standIn.slips()).toEqual([]);

    standIn.setState({ paper: 'ok' });
    await until((status) => status.state === 'answering' && status.paper === 'ok');
    const reprint = slipBytes(aSlip({ reprint: true }), paper58);
    expect(await printer.print(reprint, 'job-2')).toEqual({ kind: 'printed', jobId: 'job-2' });
    expect(standIn.slips()).toEqual([reprint]);
    expect(decodeSlip(standIn.slips()[0]!).lines.map((line) => line.text)).toContain('【补打】');
  });

  it('cover open: refused with its reason, and printed when it is shut', async () => {
    const { standIn, printer, until } = await connect(115_200);
    standIn.setState({ coverOpen: true });
    await until((status) => status.state === 'answering' && status.coverOpen);
    const bytes = slipBytes(aSlip(), paper58);
    expect(await printer.print(bytes, 'job-1')).toMatchObject({ kind: 'not-printed', reason: 'cover-open' });
    standIn.setState({ coverOpen: false });
    expect(await printer.print(bytes, 'job-2')).toMatchObject({ kind: 'printed' });
    expect(standIn.slips()).toEqual([bytes]);
  });

  it('cable out: gone; cable in: back by itself, and prints', async () => {
    const { standIn, printer, until } = await connect(115_200);
    await standIn.unplug();
    await until((status) => status.state === 'gone');
    const bytes = slipBytes(aSlip(), paper80);
    expect(await printer.print(bytes, 'job-1')).toMatchObject({ kind: 'not-printed', reason: 'gone' });

    await standIn.replug();
    await until((status) => status.state === 'answering');
    expect(await printer.print(bytes, 'job-2')).toMatchObject({ kind: 'printed' });
    expect(standIn.slips()).toEqual([bytes]);
  });

  it('cable out in the middle of a slip at 9,600 baud: never counted as printed', async () => {
    const { standIn, printer } = await connect(9600);
    const outcome = printer.print(slipBytes(aSlip(), paper80), 'job-1');
    await standIn.unplug();
    expect(await outcome).toEqual({ kind: 'not-printed', jobId: 'job-1', reason: 'gone' });
    expect(standIn.slips()).toEqual([]);
  });
});
