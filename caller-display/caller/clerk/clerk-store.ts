import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { useHall } from '#screen/hall/hall-store.ts';
import { rememberCounter, storedSitting, storeSitting } from '../adapters/machine-memory.ts';
import { seatOf, type Seat } from './seat.ts';
import type { Sitting } from './sitting.ts';

/** Who works here and at which counter. `expired` asks for the password again while the counter stays. */
export const useClerk = defineStore('clerk', () => {
  const hall = useHall();
  const sitting = shallowRef<Sitting>();
  const expired = ref(false);

  function keep(next: Sitting): void {
    sitting.value = next;
    expired.value = false;
    hall.setSession(next.session.token);
    storeSitting(next);
    rememberCounter(next.counterId);
  }

  function leave(): void {
    sitting.value = undefined;
    expired.value = false;
    hall.setSession(undefined);
    storeSitting(undefined);
  }

  async function signIn(login: string, password: string, counterId: string): Promise<Seat> {
    const reply = await hall.query('session.signIn', { login, password });
    if (!reply.ok) return { kind: 'refused', code: reply.code };
    hall.setSession(reply.answer.token);
    return take({ session: reply.answer, login, counterId });
  }

  async function take(wanted: Sitting): Promise<Seat> {
    const { counterId, session } = wanted;
    const seat = seatOf(await hall.command('counter.open', { counterId }), session.clerkId);
    if (seat.kind === 'seated') keep(wanted);
    return seat;
  }

  const earlier = storedSitting();
  if (earlier) keep(earlier);

  return { sitting, expired, signIn, leave };
});
