import { createPrinterLink, type PrinterLink } from './printer-link.ts';
import { isSameStatus, type NotPrintedReason, obstacle, type PrinterStatus } from './printer-status.ts';
import { type OpenPort, openSerialPort, type SerialLine } from './serial-line.ts';
import { systemTimers, type Timers } from './timers.ts';

/** Between two polls of an idle printer. With ANSWER_WITHIN_MS a silent one is noticed in 2 s. */
const POLL_EVERY_MS = 1000;
const REOPEN_FIRST_MS = 250;
const REOPEN_MOST_MS = 2000;

export type PrintOutcome =
  | { readonly kind: 'printed'; readonly jobId: string }
  | { readonly kind: 'not-printed'; readonly jobId: string; readonly reason: NotPrintedReason };

export interface PrinterDeps {
  readonly path: string;
  readonly baudRate: number;
  /** Called with each change, from 'starting' on. */
  readonly onStatus?: (status: PrinterStatus) => void;
  readonly openPort?: OpenPort;
  readonly timers?: Timers;
}

export interface Printer {
  /**
   * Prints one job after the jobs before it. Never rejects, and never waits for paper or for a cable: a job that
   * cannot print now is not printed. The same jobId while its job is under way is the same job.
   */
  readonly print: (bytes: Uint8Array, jobId: string) => Promise<PrintOutcome>;
  readonly status: () => PrinterStatus;
  /** Jobs under way end 'not-printed', 'closed'. */
  readonly close: () => Promise<void>;
}

interface Job {
  readonly jobId: string;
  readonly bytes: Uint8Array;
  readonly outcome: Promise<PrintOutcome>;
  readonly settle: (outcome: PrintOutcome) => void;
}

/** A slip printer on a serial line: polls it, prints on it, and finds it again after it was away. */
export function createPrinter(deps: PrinterDeps): Printer {
  const { path, baudRate, onStatus, openPort = openSerialPort, timers = systemTimers } = deps;
  const jobs: Job[] = [];
  let status: PrinterStatus = { state: 'starting' };
  let line: SerialLine | undefined;
  let isClosing = false;
  let wake = () => {};

  function publish(next: PrinterStatus): void {
    if (isClosing || isSameStatus(status, next)) return;
    status = next;
    onStatus?.(status);
  }

  /** Until the time is over or there is something to do. */
  function rest(delayMs: number): Promise<void> {
    if (isClosing) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = timers.after(delayMs, resolve);
      wake = () => {
        cancel();
        resolve();
      };
    });
  }

  function settleFirst(reason: NotPrintedReason | undefined): void {
    const job = jobs.shift();
    if (job === undefined) return;
    const { jobId } = job;
    job.settle(reason === undefined ? { kind: 'printed', jobId } : { kind: 'not-printed', jobId, reason });
  }

  function refuseAll(reason: NotPrintedReason): void {
    while (jobs.length > 0) settleFirst(reason);
  }

  // One loop owns the line, so polls and jobs never mix their bytes. Resolves when the printer is gone, with
  // whether it had been there.
  async function serve(link: PrinterLink): Promise<boolean> {
    await startAfresh(link);
    const answered = status.state === 'answering';
    while (!isClosing && status.state === 'answering') {
      const job = jobs[0];
      if (job !== undefined) {
        await printFirst(link, job);
        continue;
      }
      await rest(POLL_EVERY_MS);
      if (jobs.length === 0 && !isClosing) publish(await link.poll());
    }
    return answered;
  }

  // The poll after the clearing also takes in the clearing's own answer, which ends in a byte that would otherwise
  // confirm the next job.
  async function startAfresh(link: PrinterLink): Promise<void> {
    link.clear();
    publish(await link.poll());
  }

  // A printer that was well a second ago gets its first byte at once; what happened since is found afterwards. One
  // that was not is asked again: the roll may just have been put in.
  async function printFirst(link: PrinterLink, job: Job): Promise<void> {
    if (obstacle(status) !== undefined) publish(await link.poll());
    const before = obstacle(status);
    const reason = before ?? (await link.send(job.bytes, publish));
    // Before anybody is told: who hears 'paper-out' and is quick with the roll must not get the rest of this slip.
    if (before === undefined && reason !== undefined && status.state === 'answering') await startAfresh(link);
    settleFirst(isClosing ? 'closed' : reason);
  }

  async function run(): Promise<void> {
    let reopenAfterMs = REOPEN_FIRST_MS;
    while (!isClosing) {
      if (await connectAndServe()) reopenAfterMs = REOPEN_FIRST_MS;
      refuseAll(isClosing ? 'closed' : 'gone');
      await rest(reopenAfterMs);
      reopenAfterMs = Math.min(reopenAfterMs * 2, REOPEN_MOST_MS);
    }
  }

  async function connectAndServe(): Promise<boolean> {
    line = await openPort(path, baudRate).catch(() => undefined);
    let answered = false;
    if (line !== undefined && !isClosing) {
      void line.closed.then(() => wake());
      answered = await serve(createPrinterLink(line, baudRate, timers));
    }
    // Closing and opening anew also throws away answers that come too late to be told apart from the next ones.
    await line?.close();
    publish({ state: 'gone' });
    return answered;
  }

  const running = run();
  return {
    print(bytes, jobId) {
      const known = jobs.find((job) => job.jobId === jobId);
      if (known !== undefined) return known.outcome;
      if (isClosing) return Promise.resolve({ kind: 'not-printed', jobId, reason: 'closed' });
      if (status.state === 'gone') return Promise.resolve({ kind: 'not-printed', jobId, reason: 'gone' });
      const { promise, resolve } = Promise.withResolvers<PrintOutcome>();
      jobs.push({ jobId, bytes, outcome: promise, settle: resolve });
      wake();
      return promise;
    },
    status: () => status,
    async close() {
      isClosing = true;
      wake();
      await line?.close();
      await running;
    },
  };
}
