import type { Service } from '#domain/catalogue/schema.ts';
import { minutesOf } from '#domain/time.ts';
import type { RefusedAnswer } from '#protocol/wire.ts';

/** What a visitor can do here after a refusal, the likeliest first. Staff at the desk can always help besides. */
export type Way = 'retry' | 'change-class' | 'other-service';

export function waysOut({ code, retryable }: Pick<RefusedAnswer, 'code' | 'retryable'>): readonly Way[] {
  if (code === 'class-not-self-service' || code === 'unknown-class') return ['change-class', 'other-service'];
  return retryable ? ['retry', 'other-service'] : ['other-service'];
}

/** Until when, where the refusal lets one say. Times are 'HH:MM'. */
export type Advice =
  | { readonly kind: 'opens-at'; readonly time: string }
  | { readonly kind: 'next-span'; readonly time: string }
  | { readonly kind: 'another-day' | 'opening-hours' | 'wait' | 'desk' };

export function adviceOn(
  { code, retryable, details }: Pick<RefusedAnswer, 'code' | 'retryable' | 'details'>,
  service: Pick<Service, 'quotas'> | undefined,
): Advice {
  switch (code) {
    case 'service-closed-now':
      return typeof details?.['opensAt'] === 'string'
        ? { kind: 'opens-at', time: details['opensAt'] }
        : { kind: 'opening-hours' };
    case 'hall-closed':
      return { kind: 'opening-hours' };
    case 'quota-reached':
      return afterQuota(details?.['span'], service);
    default:
      return { kind: retryable ? 'wait' : 'desk' };
  }
}

/** A quota of part of the day leaves the next part; a quota of the whole day leaves another day. */
function afterQuota(span: unknown, service: Pick<Service, 'quotas'> | undefined): Advice {
  const end = typeof span === 'object' && span !== null && 'to' in span ? span.to : undefined;
  if (typeof end !== 'string') return { kind: 'another-day' };
  const starts = (service?.quotas ?? []).flatMap((quota) => (quota.span ? [quota.span.from] : []));
  const [next] = starts
    .filter((from) => minutesOf(from) >= minutesOf(end))
    .sort((a, b) => minutesOf(a) - minutesOf(b));
  return next === undefined ? { kind: 'another-day' } : { kind: 'next-span', time: next };
}
