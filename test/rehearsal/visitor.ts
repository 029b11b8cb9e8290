import { ORDINARY, type Catalogue } from '#domain/catalogue/schema.ts';
import type { HoldKind, Language, Outcome } from '#domain/hall/state.ts';
import type { Random } from '#test/simulation/random.ts';

/** How a visit ends when the visitor comes to the counter for the first time. All spans in milliseconds of the hall. */
export type Ending =
  | { readonly kind: 'finish'; readonly outcome: Outcome; readonly reopenAfterMs?: number }
  | { readonly kind: 'hold'; readonly holdKind: HoldKind; readonly backAfterMs: number }
  | { readonly kind: 'transfer'; readonly toServiceId: string }
  /** The clerk has called a wrong one and puts it back. */
  | { readonly kind: 'requeue' };

/** Where somebody who missed the call turns up again. */
export interface Absence {
  readonly recalls: number;
  readonly comesBack: 'never' | 'reception' | 'counter';
  readonly backAfterMs: number;
}

/** All that is fixed about a visitor before the doors open: one seed, one crowd, however the day goes. */
export interface Visitor {
  readonly serviceId: string;
  readonly classId: string;
  readonly language: Language;
  readonly atReception: boolean;
  readonly walkMs: number;
  readonly serviceMs: number;
  readonly ending: Ending;
  /** Does not come when called for the first time. */
  readonly absence?: Absence;
  /** Leaves if not called within this time, and says so at reception. */
  readonly patienceMs?: number;
}

const MINUTE_MS = 60_000;
/** Log-normal service in minutes: median 2.8, mean 4.6; 72 % within 5, 90 % within 10. */
export const SERVICE = { mu: 1.031, sigma: 0.992 } as const;
/** Nobody is served for longer than a morning. */
const LONGEST_SERVICE_MS = 120 * MINUTE_MS;

export const WALK = { leastMs: 12_000, mostMs: 40_000 } as const;

/** Minutes of a counter's time that one visitor takes: the mean service, the walk, and the clerk's breath in between. */
export const MINUTES_AT_COUNTER =
  Math.exp(SERVICE.mu + SERVICE.sigma ** 2 / 2) + (WALK.leastMs + WALK.mostMs) / 2 / MINUTE_MS + 0.2;

export function drawServiceMs(random: Random): number {
  return Math.min(LONGEST_SERVICE_MS, Math.round(random.logNormal(SERVICE.mu, SERVICE.sigma) * MINUTE_MS));
}

/** Makes visitors: services in proportion to the catalogue's demand, and the small misfortunes of a day. */
export function createCrowd(catalogue: Catalogue) {
  const total = catalogue.services.reduce((sum, { demand }) => sum + demand, 0);
  const service = (random: Random): string => {
    let left = random.next() * total;
    const found = catalogue.services.find(({ demand }) => (left -= demand) < 0);
    return (found ?? catalogue.services[0])?.id ?? '';
  };
  const siblings = siblingsByService(catalogue);
  return (random: Random): Visitor => {
    const serviceId = service(random);
    const atReception = random.chance(0.05);
    const absence = random.chance(0.04) ? drawAbsence(random) : undefined;
    return {
      serviceId,
      classId: drawClass(random, catalogue, atReception),
      language: random.chance(0.02) ? 'en' : 'zh',
      atReception,
      walkMs: random.between(WALK.leastMs, WALK.mostMs),
      serviceMs: drawServiceMs(random),
      ending: drawEnding(random, siblings.get(serviceId) ?? []),
      ...(absence ? { absence } : {}),
      ...(random.chance(0.02) ? { patienceMs: random.between(3, 20) * MINUTE_MS } : {}),
    };
  };
}

/** Other services of the same unit: where a transfer goes. */
function siblingsByService({ services }: Catalogue): ReadonlyMap<string, readonly string[]> {
  return new Map(
    services.map(({ id, unitId }) => [
      id,
      services.filter((other) => other.unitId === unitId && other.id !== id).map((other) => other.id),
    ]),
  );
}

function drawAbsence(random: Random): Absence {
  const comesBack = random.pick(['never', 'reception', 'counter'] as const);
  return { recalls: random.between(0, 2), comesBack, backAfterMs: random.between(2, 12) * MINUTE_MS };
}

function drawClass(random: Random, { priorityClasses }: Catalogue, atReception: boolean): string {
  if (!random.chance(0.12)) return ORDINARY;
  const offered = priorityClasses.filter(
    ({ id, selfService }) => id !== ORDINARY && (atReception || selfService),
  );
  return offered.length > 0 ? random.pick(offered).id : ORDINARY;
}

function drawEnding(random: Random, siblings: readonly string[]): Ending {
  const luck = random.next();
  if (luck < 0.03 && siblings.length > 0) return { kind: 'transfer', toServiceId: random.pick(siblings) };
  if (luck < 0.05) {
    const holdKind = random.pick(['any', 'same', 'outside'] as const);
    return { kind: 'hold', holdKind, backAfterMs: random.between(4, 15) * MINUTE_MS };
  }
  if (luck < 0.055) return { kind: 'requeue' };
  const outcome = luck < 0.1 ? 'materials-missing' : luck < 0.12 ? 'redirected' : 'done';
  return luck > 0.995
    ? { kind: 'finish', outcome, reopenAfterMs: random.between(10, 30) * 1_000 }
    : { kind: 'finish', outcome };
}
