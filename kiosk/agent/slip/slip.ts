import type { Text } from '#domain/catalogue/schema.ts';

/** The language a slip is printed in. */
export type SlipLanguage = 'zh' | 'en';

/** Everything that stands on a slip. It carries no name, no phone and no ID number. */
export interface Slip {
  readonly hallName: Text;
  /** Printable ASCII, e.g. 'A012'; at most 16 characters. */
  readonly number: string;
  /** Issued while the hall-server was out of reach: the slip says 离线号. */
  readonly offline: boolean;
  /** Not the first print of this ticket: the slip says 补打. */
  readonly reprint: boolean;
  readonly zone: Text;
  /** As the building's signs say it, e.g. '2F'. */
  readonly floor: string;
  /** Labels as on the counters' signs, e.g. 'A12'. Consecutive ones are printed as a range. */
  readonly counters: readonly string[];
  readonly service: Text;
  /** Epoch milliseconds. */
  readonly takenAtMs: number;
  /** The day the number is for, 'YYYY-MM-DD'. Printed by itself where it is not the day of taking. */
  readonly businessDate: string;
  /** undefined where nobody can know: the line is left out, never guessed. */
  readonly peopleAhead: number | undefined;
  /** Minutes until the call: half of the visitors wait at most p50, nine in ten at most p90. */
  readonly estimateMinutes?: { readonly p50: number; readonly p90: number } | undefined;
  /** What the visitor still has to have at hand. What does not fit is counted, and the QR leads to it. */
  readonly bring: readonly Text[];
  readonly missedCallRule: Text;
  /** Opens the live position. Printable ASCII, at most 200 characters. */
  readonly visitUrl: string;
  readonly language: SlipLanguage;
  readonly hotline: string;
  /** The terminal's clock cannot be trusted: the business date is printed, the time is not. */
  readonly timeUnsure?: boolean | undefined;
  /** IANA name; 'Asia/Shanghai' where it is left out. */
  readonly timeZone?: string | undefined;
}
