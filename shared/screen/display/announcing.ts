/** How long an announcement flashes: five times at 1 Hz. */
export const FLASHING_MS = 5_000;
/** How long it stands out at all, where there is room. */
export const HIGHLIGHT_MS = 20_000;
