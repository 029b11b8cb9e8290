import { defineStore } from 'pinia';
import { ref, shallowRef, watch } from 'vue';
import type { CommandPayload } from '#protocol/commands.ts';
import type { RefusalCode } from '#protocol/errors.ts';
import type { TicketView } from '#domain/views/ticket.ts';
import { useHall } from '#screen/hall/hall-store.ts';
import { useStaff } from '#screen/hall/staff.ts';
import { createTakeAttempts } from '#screen/hall/take-attempts.ts';
import { takenTicket, type TicketAction } from './desk-ticket.ts';

/** What lies on the desk: one thing at a time. `fresh`: taken here a moment ago. */
export type Work =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'issue'; readonly serviceId: string }
  | { readonly kind: 'ticket'; readonly ticket: TicketView; readonly fresh: boolean };

export type Language = CommandPayload<'ticket.take'>['language'];
type CancelReason = CommandPayload<'ticket.cancel'>['reason'];

const RECENT_KEPT = 30;

/** The reception desk: what lies on it, and what its person does with it. */
export const useDesk = defineStore('desk', () => {
  const hall = useHall();
  const staff = useStaff();
  const attempts = createTakeAttempts(hall.newKey);
  const work = shallowRef<Work>({ kind: 'nothing' });
  const refused = ref<RefusalCode>();
  const isBusy = ref(false);
  const recent = shallowRef<readonly TicketView[]>([]);

  function lay(next: Work): void {
    work.value = next;
    refused.value = undefined;
  }

  async function busily(ask: () => Promise<RefusalCode | undefined>): Promise<void> {
    if (isBusy.value) return;
    isBusy.value = true;
    refused.value = undefined;
    try {
      refused.value = await ask();
    } finally {
      isBusy.value = false;
    }
  }

  const take = (serviceId: string, classId: string, language: Language): Promise<void> =>
    busily(async () => {
      const tried = attempts.begin({ serviceId, classId, language });
      const answer = await staff.command('ticket.take', tried.payload, tried.commandId);
      attempts.heard(tried, answer);
      if (!answer.ok) return answer.code;
      const ticket = takenTicket(answer.answer);
      recent.value = [ticket, ...recent.value].slice(0, RECENT_KEPT);
      lay({ kind: 'ticket', ticket, fresh: true });
      return undefined;
    });

  const find = (number: string): Promise<void> =>
    busily(async () => {
      const reply = await staff.query('ticket.find', { number });
      // A refusal is about the number asked for: the ticket looked at before must not stand beneath it.
      lay(reply.ok ? { kind: 'ticket', ticket: reply.answer, fresh: false } : { kind: 'nothing' });
      return reply.ok ? undefined : reply.code;
    });

  /** Brings the ticket on the desk up to date; silent, because nobody asked for it. */
  async function refresh(): Promise<void> {
    const before = work.value;
    if (before.kind !== 'ticket' || isBusy.value) return;
    const reply = await staff.query('ticket.find', { number: before.ticket.number });
    // Numbers begin again each day: another ticket may bear this one by now.
    if (reply.ok && work.value === before && reply.answer.ticketId === before.ticket.ticketId) {
      work.value = { ...before, ticket: reply.answer };
    }
  }

  const act = async (action: TicketAction, ticketId: string, reason: CancelReason): Promise<void> => {
    await busily(async () => {
      const answer =
        action === 'cancel'
          ? await staff.command('ticket.cancel', { ticketId, reason })
          : await staff.command(`ticket.${action}`, { ticketId });
      return answer.ok ? undefined : answer.code;
    });
    await refresh();
  };

  const print = (ticketId: string): Promise<void> =>
    busily(async () => {
      const reply = await staff.query('slip.print', { ticketId });
      return reply.ok ? undefined : reply.code;
    });

  // The next person at this desk starts with an empty one.
  watch(
    () => staff.session?.clerkId,
    () => {
      recent.value = [];
      lay({ kind: 'nothing' });
    },
  );

  return {
    work,
    refused,
    isBusy,
    recent,
    choose: (serviceId: string) => lay({ kind: 'issue', serviceId }),
    clear: () => lay({ kind: 'nothing' }),
    take,
    find,
    refresh,
    act,
    print,
  };
});
