import type { LoadClient } from './hall-load.ts';

export interface Run {
  /** Answered commands a second. */
  readonly rate: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Every client sends its next command as soon as the last is answered, until `total` have been answered. */
export async function closedLoop(clients: readonly LoadClient[], total: number): Promise<Run> {
  const times: number[] = [];
  let left = total;
  const from = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      while (left > 0) {
        left -= 1;
        times.push(await client.next());
      }
    }),
  );
  return { rate: total / ((performance.now() - from) / 1000), ...percentiles(times) };
}

/** A fixed number of commands a second for a while, spread over the clients; a late answer delays only its own client. */
export async function paced(
  clients: readonly LoadClient[],
  perSecond: number,
  seconds: number,
): Promise<Run> {
  const times: number[] = [];
  const free = [...clients];
  const underWay: Promise<void>[] = [];
  const from = performance.now();
  for (let sent = 0; sent < perSecond * seconds; sent += 1) {
    const dueMs = from + (sent * 1000) / perSecond - performance.now();
    if (dueMs > 1) await new Promise((resolve) => setTimeout(resolve, dueMs));
    const client = free.shift();
    if (!client) throw new Error('no client is free: the server does not keep up');
    underWay.push(
      client.next().then((tookMs) => {
        times.push(tookMs);
        free.push(client);
      }),
    );
  }
  await Promise.all(underWay);
  return { rate: times.length / ((performance.now() - from) / 1000), ...percentiles(times) };
}

export function percentiles(times: readonly number[]): { p50Ms: number; p99Ms: number } {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
