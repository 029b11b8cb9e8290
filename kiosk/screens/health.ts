import type { LinkView } from '#protocol/device-feed.ts';
import type { LinkState } from '#screen/hall/hall-link.ts';

/** 'cut': nobody answers this page. 'hall-away': its terminal does, but the hall does not. */
export type Health = 'well' | 'hall-away' | 'cut';

/** `terminal` is undefined where no agent stands between this page and the hall. */
export function healthOf(
  { connected, stale }: Pick<LinkState, 'connected' | 'stale'>,
  terminal: Pick<LinkView, 'online'> | undefined,
): Health {
  if (!connected) return 'cut';
  return stale || terminal?.online === false ? 'hall-away' : 'well';
}

/**
 * Why asking for a number is known to be in vain. With the hall away it is not before somebody has tried: a terminal that can
 * issue by itself answers, and this page need not know that it can.
 */
export function vainBecause(health: Health, hallDidNotAnswer: boolean): Exclude<Health, 'well'> | undefined {
  if (health === 'cut') return 'cut';
  return health === 'hall-away' && hallDidNotAnswer ? 'hall-away' : undefined;
}
