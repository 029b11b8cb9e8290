import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { CommandAnswers, CommandName, CommandPayload } from '#protocol/commands.ts';
import { refusals, type RefusalCode } from '#protocol/errors.ts';
import type { ClerkRole, QueryAnswers, QueryName, QueryPayload, Session } from '#protocol/queries.ts';
import type { CommandAnswer, QueryReply } from '#protocol/wire.ts';
import { storeSession, storedSession } from './adapters/session-storage.ts';
import { useHall } from './hall-store.ts';

/** After these the token is of no more use, whatever is asked with it. */
export const endsSession = (code: RefusalCode | undefined): boolean => code === 'session-expired';

export function mayUse(session: Pick<Session, 'roles'>, roles: readonly ClerkRole[]): boolean {
  return session.roles.some((role) => roles.includes(role));
}

/** What RefusalNotice shows for a code. */
export function noticeOf(code: RefusalCode) {
  const { text, hint } = refusals[code];
  return { text, hint, code, audience: 'staff' as const };
}

/** The person who has signed in at this page, and what this person asks of the hall. */
export const useStaff = defineStore('staff', () => {
  const hall = useHall();
  const session = shallowRef<Session>();
  /** Why the last session ended by itself, or why a sign-in failed. */
  const refused = ref<RefusalCode>();

  function begin(next: Session): void {
    session.value = next;
    refused.value = undefined;
    hall.setSession(next.token);
    storeSession(next);
  }

  function end(code?: RefusalCode): void {
    session.value = undefined;
    refused.value = code;
    hall.setSession(undefined);
    storeSession(undefined);
  }

  async function signIn(login: string, password: string): Promise<void> {
    refused.value = undefined;
    const reply = await hall.query('session.signIn', { login, password });
    if (reply.ok) begin(reply.answer);
    else refused.value = reply.code;
  }

  function watched<Reply extends { readonly ok: true } | { readonly ok: false; readonly code: RefusalCode }>(
    reply: Reply,
  ): Reply {
    if (!reply.ok && endsSession(reply.code)) end(reply.code);
    return reply;
  }

  // Not weighed against a clock: the machine's may be years off, and the hall says at the first request whether it is over.
  const kept = storedSession();
  if (kept !== undefined) begin(kept);

  return {
    session: computed(() => session.value),
    refused: computed(() => refused.value),
    signIn,
    /** With a code: the hall ended the session, and the sign-in says why. */
    end,
    command: async <Name extends CommandName>(
      name: Name,
      payload: CommandPayload<Name>,
      commandId?: string,
    ): Promise<CommandAnswer<CommandAnswers[Name]>> => watched(await hall.command(name, payload, commandId)),
    query: async <Name extends QueryName>(
      name: Name,
      payload: QueryPayload<Name>,
    ): Promise<QueryReply<QueryAnswers[Name]>> => watched(await hall.query(name, payload)),
  };
});
