import { computed, ref, shallowRef } from 'vue';
import { useHall } from '#screen/hall/hall-store.ts';
import { lastCounter } from '../adapters/machine-memory.ts';
import { useClerk } from './clerk-store.ts';
import type { Seat } from './seat.ts';

export type SignIn = ReturnType<typeof useSignIn>;

/** What the sign-in form holds. The password goes nowhere but into the one query. */
export function useSignIn() {
  const hall = useHall();
  const clerk = useClerk();
  const login = ref('');
  const password = ref('');
  const counterId = ref(lastCounter());
  const isBusy = ref(false);
  const wasTried = ref(false);
  const refused = shallowRef<Extract<Seat, { kind: 'refused' }>>();

  /** A remembered counter that the catalogue no longer has is none. */
  const counter = computed(() => hall.catalogue?.countersById.get(counterId.value ?? ''));
  const isRemembered = computed(() => counterId.value !== undefined && counterId.value === lastCounter());

  async function submit(): Promise<void> {
    wasTried.value = true;
    if (isBusy.value || !login.value.trim() || !password.value || !counter.value) return;
    isBusy.value = true;
    refused.value = undefined;
    const seat = await clerk.signIn(login.value.trim(), password.value, counter.value.id);
    isBusy.value = false;
    if (seat.kind === 'refused') refused.value = seat;
  }

  return { login, password, counterId, counter, isRemembered, isBusy, wasTried, refused, submit };
}
