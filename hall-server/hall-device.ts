/** The hall-server as the author of events that nobody sent. */
export const HALL_DEVICE = 'hall-server';
