import { afterEach, describe, expect, it } from 'vitest';
import { createPrinter, type Printer, type PrintOutcome } from '#kiosk/agent/printer/printer.ts';
import type { PrinterStatus } from '#kiosk/agent/printer/printer-status.ts';
import { slipBytes } from '#kiosk/agent/slip/slip-bytes.ts';
import { paper80 } from '#kiosk/agent/slip/slip-blocks.ts';
import { createFakeLine } from '#test/support/fake-line.ts';
import { createManualTimers } from '#test/support/manual-timers.ts';
import { aSlip } from '#test/support/slips.ts';
import { decodeSlip } from '#test/support/stand-in-printer.ts';

const slip = slipBytes(aSlip(), paper80);
const another = slipBytes(aSlip({ number: 'A013' }), paper80);
const numberOn = (bytes: Buffer) => decodeSlip(bytes).lines.find((line) => line.height === 6)?.text;

const open: Printer[] = [];

/** A printer on a fake line whose first poll is done. */
async function start() {
  const timers = createManualTimers();
  const line = createFakeLine();
  const told: PrinterStatus[] = [];
  const onStatus = (status: PrinterStatus) => told.push(status);
  const printer = createPrinter({ path: 'x', baudRate: 9600, openPort: line.openPort, timers, onStatus });
  open.push(printer);
  await timers.advance(0);
  const states = () => told.map((status) => (status.state === 'answering' ? status.paper : status.state));
  /** The outcome of a print if it is known by now. */
  const print = (bytes: Buffer, jobId: string) => {
    const seen: { outcome?: PrintOutcome } = {};
    void printer.print(bytes, jobId).then((outcome) => (seen.outcome = outcome));
    return seen;
  };
  return { timers, line, told, states, printer, print };
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((printer) => printer.close()));
});

describe('printing', () => {
  it('counts a slip as printed when the printer has worked through it and is well', async () => {
    const { timers, line, print } = await start();
    const job = print(slip, 'job-1');
    await timers.advance(1000);
    expect(job.outcome).toEqual({ kind: 'printed', jobId: 'job-1' });
    expect(line.slips).toEqual([slip]);
  });

  it('does not take DLE EOT’s word for it while the slip is still in the printer’s buffer', async () => {
    const { timers, line, print } = await start();
    line.setState({ stalled: true });
    const job = print(slip, 'job-1');
    await timers.advance(5000);
    expect(job.outcome).toBeUndefined();
    line.setState({ stalled: false });
    await timers.advance(200);
    expect(job.outcome).toEqual({ kind: 'printed', jobId: 'job-1' });
  });

  it('gives up on a printer that is well but never confirms, and takes the slip back', async () => {
    const { timers, line, print } = await start();
    line.setState({ stalled: true });
    const job = print(slip, 'job-1');
    await timers.advance(13_000);
    expect(job.outcome).toEqual({ kind: 'not-printed', jobId: 'job-1', reason: 'unconfirmed' });
    line.setState({ stalled: false });
    const next = print(another, 'job-2');
    await timers.advance(2000);
    expect(next.outcome?.kind).toBe('printed');
    expect(line.slips.map(numberOn)).toEqual(['A013']);
  });

  it('prints jobs one after another, and one id once', async () => {
    const { timers, line, print } = await start();
    const jobs = [print(slip, 'job-1'), print(another, 'job-2'), print(slip, 'job-1')];
    await timers.advance(3000);
    expect(jobs.map((job) => job.outcome?.jobId)).toEqual(['job-1', 'job-2', 'job-1']);
    expect(line.slips.map(numberOn)).toEqual(['A012', 'A013']);
  });
});

describe('paper', () => {
  it('out in the middle of a slip: not printed; with paper again the reprint comes whole and alone', async () => {
    const { timers, line, print, states } = await start();
    line.setState({ paperEndsAfterBytes: 200 });
    const job = print(slip, 'job-1');
    await timers.advance(3000);
    expect(job.outcome).toEqual({ kind: 'not-printed', jobId: 'job-1', reason: 'paper-out' });
    expect(states()).toEqual(['ok', 'out']);

    line.setState({ paper: 'ok' });
    await timers.advance(3000);
    expect(line.slips).toEqual([]);
    const reprint = print(slipBytes(aSlip({ reprint: true }), paper80), 'job-2');
    await timers.advance(3000);
    expect(reprint.outcome?.kind).toBe('printed');
    expect(line.slips).toHaveLength(1);
    expect(decodeSlip(line.slips[0]!).lines.map((l) => l.text)).toContain('【补打】');
  });

  it('out just as the last byte was sent: the slip still in the printer’s buffer is not counted', async () => {
    const { timers, line, print } = await start();
    line.setState({ paperEndsAfterBytes: slip.length - 3 });
    const job = print(slip, 'job-1');
    await timers.advance(3000);
    expect(job.outcome).toEqual({ kind: 'not-printed', jobId: 'job-1', reason: 'paper-out' });
  });

  it('near its end: prints, and says so', async () => {
    const { timers, line, print, states } = await start();
    line.setState({ paper: 'near-end' });
    await timers.advance(1100);
    expect(states()).toEqual(['ok', 'near-end']);
    const job = print(slip, 'job-1');
    await timers.advance(1000);
    expect(job.outcome?.kind).toBe('printed');
  });

  it('put in after the last poll: the next job prints at once', async () => {
    const { timers, line, print } = await start();
    line.setState({ paper: 'out' });
    await timers.advance(1100);
    const refused = print(slip, 'job-1');
    await timers.advance(0);
    expect(refused.outcome).toMatchObject({ reason: 'paper-out' });
    line.setState({ paper: 'ok' });
    const job = print(slip, 'job-2');
    await timers.advance(900);
    expect(job.outcome?.kind).toBe('printed');
  });
});

describe('a printer that does not answer', () => {
  it.each([0, 300, 999])(
    'is noticed within 3 s of going silent (%d ms after a poll), and found again',
    async (at) => {
      const { timers, line, printer, print } = await start();
      await timers.advance(at);
      line.setState({ silent: true });
      await timers.advance(3000);
      expect(printer.status()).toEqual({ state: 'gone' });
      const job = print(slip, 'job-1');
      await timers.advance(0);
      expect(job.outcome).toMatchObject({ reason: 'gone' });

      line.setState({ silent: false });
      await timers.advance(4000);
      expect(printer.status().state).toBe('answering');
    },
  );

  it('is noticed within 3 s in the middle of a slip at 9,600 baud', async () => {
    const { timers, line, printer, print } = await start();
    line.setState({ silent: true });
    const job = print(slip, 'job-1');
    await timers.advance(3000);
    expect(job.outcome).toEqual({ kind: 'not-printed', jobId: 'job-1', reason: 'gone' });
    expect(printer.status()).toEqual({ state: 'gone' });
  });

  it('is gone at once when the port disappears, and comes back by itself', async () => {
    const { timers, line, printer, print } = await start();
    line.unplug();
    await timers.advance(0);
    expect(printer.status()).toEqual({ state: 'gone' });
    await timers.advance(60_000);
    // 250, 500, 1,000, then every 2,000 ms.
    expect(line.opened()).toBeLessThan(40);
    line.replug();
    await timers.advance(2000);
    expect(printer.status().state).toBe('answering');
    const job = print(slip, 'job-1');
    await timers.advance(1000);
    expect(job.outcome?.kind).toBe('printed');
  });
});

describe('answers that are none', () => {
  it('noise and late confirmations of an idle line confirm no job', async () => {
    const { timers, line, print } = await start();
    line.inject(0x00, 0x37, 0x25, 0x00, 0x13);
    line.setState({ paperEndsAfterBytes: 100 });
    const job = print(slip, 'job-1');
    await timers.advance(2000);
    expect(job.outcome?.kind).toBe('not-printed');
  });
});

describe('closing', () => {
  it('ends jobs under way as not printed, and takes no more', async () => {
    const { timers, line, printer, print } = await start();
    line.setState({ silent: true });
    const jobs = [print(slip, 'job-1'), print(another, 'job-2')];
    await printer.close();
    await timers.advance(0);
    expect(jobs.map((job) => job.outcome)).toMatchObject([{ reason: 'closed' }, { reason: 'closed' }]);
    expect(await printer.print(slip, 'job-3')).toMatchObject({ reason: 'closed' });
  });
});
