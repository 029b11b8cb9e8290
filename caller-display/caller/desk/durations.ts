/** 'm:ss' of a running time; a countdown rounds up, so that it never says 0:00 while it still runs. */
export function clockFace(durationMs: number, round: 'down' | 'up' = 'down'): string {
  const seconds = Math.max(0, (round === 'up' ? Math.ceil : Math.floor)(durationMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Whole minutes waited; 0 is said as 'under a minute'. */
export function wholeMinutes(durationMs: number): number {
  return Math.max(0, Math.floor(durationMs / 60_000));
}

const AMBER_MINUTES = 10;
const RED_MINUTES = 30;

/** The hall's promise is 10 minutes; 30 is what the board shows in red. */
export function waitTone(durationMs: number): 'plain' | 'warning' | 'alarm' {
  const minutes = wholeMinutes(durationMs);
  if (minutes >= RED_MINUTES) return 'alarm';
  return minutes >= AMBER_MINUTES ? 'warning' : 'plain';
}
