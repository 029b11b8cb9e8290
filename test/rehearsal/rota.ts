import type { CatalogueIndex } from '#domain/catalogue/index.ts';
import type { PauseReason } from '#domain/hall/state.ts';
import type { Random } from '#test/simulation/random.ts';

/** A pause of a counter, in minutes after midnight. */
export interface Break {
  readonly from: number;
  readonly to: number;
  readonly reason: PauseReason;
}

/** What a counter's clerk has to keep to, in minutes after midnight. */
export interface Post {
  readonly counterId: string;
  readonly opensAt: number;
  /** From then on the clerk goes home as soon as nobody waits. */
  readonly closesAt: number;
  readonly breaks: readonly Break[];
}

const OPENING = { from: 8 * 60 + 22, within: 12 };
export const CLOSING_AT = 17 * 60 + 30;
const MEALS = [
  { from: 11 * 60 + 40, to: 12 * 60 + 20 },
  { from: 12 * 60 + 25, to: 13 * 60 + 5 },
] as const;
const SHORT_REASONS = ['break', 'break', 'break', 'meeting', 'back-office', 'system-fault', 'other'] as const;

/**
 * Posts for the opened counters: opened one after another before the doors, meals in two sittings, a short break for many. A
 * clerk who is alone with a service is relieved at the counter instead of leaving it.
 */
export function drawRota(
  random: Random,
  catalogue: CatalogueIndex,
  counterIds: readonly string[],
): readonly Post[] {
  const sittings = sittingsOf(catalogue, counterIds);
  return counterIds.map((counterId) => {
    const sitting = sittings.get(counterId);
    const meal = sitting === undefined ? undefined : MEALS[sitting];
    const short = sitting !== undefined && random.chance(0.6) ? [drawShortBreak(random)] : [];
    const breaks = [...(meal ? [{ ...meal, reason: 'meal' as const }] : []), ...short];
    return {
      counterId,
      opensAt: OPENING.from + random.next() * OPENING.within,
      closesAt: CLOSING_AT,
      breaks: breaks.sort((a, b) => a.from - b.from),
    };
  });
}

function drawShortBreak(random: Random): Break {
  const from = random.pick([10 * 60 + 40, 15 * 60 + 40]) + random.between(0, 40);
  return { from, to: from + random.between(5, 12), reason: random.pick(SHORT_REASONS) };
}

/** Which meal each counter may take without leaving one of its services to nobody; none for whoever cannot be spared. */
function sittingsOf(
  { catalogue }: CatalogueIndex,
  counterIds: readonly string[],
): ReadonlyMap<string, 0 | 1> {
  const open = catalogue.counters.filter(({ id }) => counterIds.includes(id));
  const sittings = new Map<string, 0 | 1>();
  const staying = (serviceId: string, sitting: 0 | 1): number =>
    open.filter(
      ({ id, skills }) =>
        sittings.get(id) !== sitting && skills.some((skill) => skill.serviceId === serviceId),
    ).length;
  for (const [index, { id, skills }] of open.entries()) {
    const wish = index % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const);
    const sitting = wish.find((one) => skills.every(({ serviceId }) => staying(serviceId, one) > 1));
    if (sitting !== undefined) sittings.set(id, sitting);
  }
  return sittings;
}
