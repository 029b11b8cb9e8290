import type { Text } from '#domain/catalogue/schema.ts';

export const LINK_IDS = ['kiosk', 'reception', 'caller', 'display', 'sign', 'board', 'admin', 'api'] as const;
export type LinkId = (typeof LINK_IDS)[number];

export interface DemonstrationLink {
  readonly id: LinkId;
  readonly url: string;
}

export interface DemonstrationAccount {
  readonly login: string;
  readonly password: string;
  readonly role: string;
  readonly counterId?: string;
}

/** What GET /api/v1/demonstration answers. */
export interface Demonstration {
  readonly hall: Text;
  readonly links: readonly DemonstrationLink[];
  readonly accounts: readonly DemonstrationAccount[];
}

export type DemonstrationState =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly demonstration: Demonstration }
  /** The server is there and gives no demonstration. */
  | { readonly status: 'elsewhere' }
  | { readonly status: 'failed' };

/** The steps of a number's way, in order, and the pages that belong to each. */
export const STEPS = [
  { id: 'take', links: ['kiosk', 'reception'] },
  { id: 'call', links: ['caller'] },
  { id: 'show', links: ['display', 'sign'] },
  { id: 'oversee', links: ['board', 'admin', 'api'] },
] as const satisfies readonly { readonly id: string; readonly links: readonly LinkId[] }[];

/** The links of a step, in the order of the step; pages that the server does not offer are left out. */
export function linksOfStep(
  links: readonly DemonstrationLink[],
  step: (typeof STEPS)[number],
): readonly DemonstrationLink[] {
  return step.links.flatMap((id) => links.filter((link) => link.id === id));
}
