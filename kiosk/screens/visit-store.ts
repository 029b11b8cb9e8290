import { defineStore } from 'pinia';
import { useHall } from '#screen/hall/hall-store.ts';
import { createVisit } from './visit.ts';

/** The visitor who stands at this kiosk. */
export const useVisit = defineStore('visit', () => {
  const hall = useHall();
  return createVisit({
    take: (payload, commandId) => hall.command('ticket.take', payload, commandId),
    newKey: hall.newKey,
  });
});
