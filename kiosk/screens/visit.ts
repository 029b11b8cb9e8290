import { ref, shallowRef } from 'vue';
import { ORDINARY } from '#domain/catalogue/schema.ts';
import type { CommandAnswers } from '#protocol/commands.ts';
import type { CommandAnswer, RefusedAnswer } from '#protocol/wire.ts';
import { createTakeAttempts, type TakePayload } from '#screen/hall/take-attempts.ts';

export type TakenTicket = CommandAnswers['ticket.take'];

/** The page from which a service was chosen: where "back" leads. */
export type Origin = { readonly status: 'home' } | { readonly status: 'zone'; readonly zoneId: string };

interface Choice {
  readonly serviceId: string;
  readonly from: Origin;
}

/** Where a visitor stands; one status, one page. */
export type Step =
  | Origin
  | ({ readonly status: 'confirm' | 'priority' | 'taking' } & Choice)
  | ({ readonly status: 'refused'; readonly refusal: RefusedAnswer } & Choice)
  | { readonly status: 'number'; readonly ticket: TakenTicket; readonly visitKey: string };

export interface VisitDeps {
  readonly take: (payload: TakePayload, commandId: string) => Promise<CommandAnswer<TakenTicket>>;
  /** An unguessable id. */
  readonly newKey: () => string;
}

/** One visitor's way through the kiosk, and all that the page knows of them. */
export function createVisit({ take: send, newKey }: VisitDeps) {
  const step = shallowRef<Step>({ status: 'home' });
  const classId = ref(ORDINARY);
  /** How far each page was scrolled, so that "back" leads to what was seen. */
  const scrolls = shallowRef<ReadonlyMap<string, number>>(new Map());
  const hallDidNotAnswer = ref(false);
  /** Counts visitors: what is drawn for one is thrown away with them. */
  const visitor = ref(1);
  const attempts = createTakeAttempts(newKey);

  async function take(language: TakePayload['language']): Promise<void> {
    const asked = step.value;
    if (asked.status !== 'confirm' && asked.status !== 'refused') return;
    const { serviceId, from } = asked;
    const tried = attempts.begin({ serviceId, classId: classId.value, language });
    step.value = { status: 'taking', serviceId, from };
    const answer = await send(tried.payload, tried.commandId);
    if (!attempts.heard(tried, answer)) return;
    hallDidNotAnswer.value = !answer.ok && answer.code === 'hall-unreachable';
    step.value = answer.ok
      ? { status: 'number', ticket: answer.answer, visitKey: tried.payload.visitKey }
      : { status: 'refused', refusal: answer, serviceId, from };
  }

  function back(): void {
    const { value: here } = step;
    switch (here.status) {
      case 'zone':
        step.value = { status: 'home' };
        break;
      case 'confirm':
        step.value = here.from;
        break;
      case 'priority':
      case 'refused':
        step.value = { status: 'confirm', serviceId: here.serviceId, from: here.from };
        break;
      case 'home':
      case 'taking':
      case 'number':
        break;
    }
  }

  return {
    step,
    classId,
    scrolls,
    hallDidNotAnswer,
    visitor,
    take,
    back,
    goHome: (): void => {
      step.value = { status: 'home' };
    },
    chooseZone: (zoneId: string): void => {
      step.value = { status: 'zone', zoneId };
    },
    chooseService: (serviceId: string): void => {
      const { value: here } = step;
      if (here.status === 'home' || here.status === 'zone') {
        step.value = { status: 'confirm', serviceId, from: here };
      }
    },
    askPriority: (): void => {
      const { value: here } = step;
      if (here.status === 'confirm' || here.status === 'refused') {
        step.value = { status: 'priority', serviceId: here.serviceId, from: here.from };
      }
    },
    choosePriority: (chosen: string): void => {
      classId.value = chosen;
      back();
    },
    rememberScroll: (page: string, top: number): void => {
      scrolls.value = new Map(scrolls.value).set(page, top);
    },
    /** The hall has been heard again: asking is worth while. */
    hallIsBack: (): void => {
      hallDidNotAnswer.value = false;
    },
    /** The visitor has gone: nothing of theirs stays. */
    startOver: (): void => {
      attempts.forget();
      classId.value = ORDINARY;
      scrolls.value = new Map();
      step.value = { status: 'home' };
      visitor.value += 1;
    },
  };
}
