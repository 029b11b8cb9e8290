import { LANGUAGES, type Language } from '../i18n.ts';

/** What an installer writes into the address of a display. */
export interface DisplayParameters {
  /** Undefined: all zones of the hall. */
  readonly zoneId: string | undefined;
  readonly counterId: string | undefined;
  /** Undefined: as remembered, at first zh-CN. */
  readonly language: Language | undefined;
  readonly diagonalInches: number;
  readonly distanceM: number;
}

const DEFAULT_DIAGONAL_INCHES = 55;
const DEFAULT_DISTANCE_M = 15;

/** Reads `?zone=`, `?counter=`, `?lang=`, `?diagonal=` (inches) and `?distance=` (metres); what makes no sense is left out. */
export function displayParameters(search: string): DisplayParameters {
  const given = new URLSearchParams(search);
  return {
    zoneId: given.get('zone') || undefined,
    counterId: given.get('counter') || undefined,
    language: LANGUAGES.find((language) =>
      [language, language.slice(0, 2)].includes(given.get('lang') ?? ''),
    ),
    diagonalInches: within(given.get('diagonal'), 5, 500) ?? DEFAULT_DIAGONAL_INCHES,
    distanceM: within(given.get('distance'), 0.5, 100) ?? DEFAULT_DISTANCE_M,
  };
}

function within(text: string | null, least: number, most: number): number | undefined {
  const value = Number(text ?? NaN);
  return value >= least && value <= most ? value : undefined;
}
