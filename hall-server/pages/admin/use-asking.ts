import { computed, ref, shallowRef } from 'vue';
import type { RefusalCode } from '#protocol/errors.ts';
import type { QueryAnswers, QueryName, QueryPayload } from '#protocol/queries.ts';
import { noticeOf, useStaff } from '#screen/hall/staff.ts';

type Reply = { readonly ok: true } | { readonly ok: false; readonly code: RefusalCode };

/** One request at a time, and the refusal of the last one as a notice. */
export function useAsking() {
  const isBusy = ref(false);
  const code = ref<RefusalCode>();
  return {
    isBusy,
    notice: computed(() => (code.value === undefined ? undefined : noticeOf(code.value))),
    forget: (): void => {
      code.value = undefined;
    },
    /** undefined where it was refused, or another request is under way. */
    async ask<Answer extends Reply>(
      request: () => Promise<Answer>,
    ): Promise<Extract<Answer, { ok: true }> | undefined> {
      if (isBusy.value) return undefined;
      isBusy.value = true;
      code.value = undefined;
      const reply = await request().finally(() => {
        isBusy.value = false;
      });
      if (reply.ok) return reply as Extract<Answer, { ok: true }>;
      code.value = reply.code;
      return undefined;
    },
  };
}

type ListName = Extract<QueryName, `${string}.list`>;

/** A list of the hall's, loaded at once and again on `reload`. Stands as it was while a reload is refused. */
export function useList<Name extends ListName>(name: Name) {
  const staff = useStaff();
  const answer = shallowRef<QueryAnswers[Name]>();
  const code = ref<RefusalCode>();
  const reload = async (): Promise<void> => {
    const reply = await staff.query(name, {} as QueryPayload<Name>);
    code.value = reply.ok ? undefined : reply.code;
    if (reply.ok) answer.value = reply.answer;
  };
  void reload();
  return {
    answer,
    reload,
    notice: computed(() => (code.value === undefined ? undefined : noticeOf(code.value))),
  };
}
