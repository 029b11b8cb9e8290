/** The hall-server as the author of events that nobody sent. */
export const HALL_DEVICE = 'hall-server';

/**
 * The ids of the hall's own commands begin so, and nobody else's may: they can be guessed, and whoever had used one before would keep
 * the date from turning.
 */
export const HALL_COMMAND = 'hall-';
