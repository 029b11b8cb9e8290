/** Every reason for which the rules of a hall refuse a command. Texts are in the protocol's error catalogue. */
export const domainRefusalCodes = [
  'day-not-open',
  'day-already-open',
  'date-goes-back',
  'clock-doubtful',
  'people-waiting',
  'hall-closed',
  'unknown-service',
  'unknown-class',
  'unknown-counter',
  'unknown-ticket',
  'unknown-catalogue',
  'service-closed-now',
  'quota-reached',
  'class-not-self-service',
  'counter-not-open',
  'counter-paused',
  'counter-occupied',
  'counter-busy',
  'counter-moved',
  'not-your-counter',
  'clerk-elsewhere',
  'clerk-required',
  'nobody-waiting',
  'ticket-not-here',
  'ticket-wrong-status',
  'reason-required',
  'recall-limit',
  'too-early-for-no-show',
  'reopen-too-late',
  'counter-cannot-serve',
] as const;
export type DomainRefusalCode = (typeof domainRefusalCodes)[number];

/** A refusal is a value; `details` helps a screen to say what is the case now, and carries no personal data. */
export interface Refusal<Code extends string = DomainRefusalCode> {
  readonly ok: false;
  readonly code: Code;
  readonly details?: Readonly<Record<string, unknown>>;
}

export function refuse<Code extends string>(
  code: Code,
  details?: Readonly<Record<string, unknown>>,
): Refusal<Code> {
  return details === undefined ? { ok: false, code } : { ok: false, code, details };
}
