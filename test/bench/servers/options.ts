/** What a bench tells the server that it starts; one JSON argument. */
export interface BenchOptions {
  readonly folder: string;
  /** Added to every sync. */
  readonly syncDelayMs: number;
  /** Commands in a commit; 0 is no limit of ours. */
  readonly maxBatch: number;
  /** The control tells all its sockets of every commit. */
  readonly broadcast: boolean;
  /** Tickets that the day holds before the first command. */
  readonly tickets: number;
}

export function benchOptions(argument: string | undefined): BenchOptions {
  const given = JSON.parse(argument ?? '{}') as Partial<BenchOptions>;
  if (given.folder === undefined) throw new Error('a bench server needs a folder');
  return { syncDelayMs: 0, maxBatch: 0, broadcast: false, tickets: 0, ...given, folder: given.folder };
}
