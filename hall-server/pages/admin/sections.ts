import type { ClerkRole } from '#protocol/queries.ts';

export const SECTIONS = ['devices', 'clerks', 'catalogue', 'day'] as const;
export type Section = (typeof SECTIONS)[number];

/** '#clerks' → 'clerks'; anything unknown is the first section. */
export function sectionOf(hash: string): Section {
  return SECTIONS.find((section) => `#${section}` === hash) ?? SECTIONS[0];
}

/** The day belongs to a manager: an administrator without that role is not shown what the hall would refuse. */
export function sectionsFor(roles: readonly ClerkRole[]): readonly Section[] {
  return SECTIONS.filter((section) => section !== 'day' || roles.includes('manager'));
}
