import type { DeviceKind } from '#protocol/queries.ts';

export type EnrolledPage = 'kiosk' | 'caller' | 'reception' | 'admin' | 'display' | 'sign' | 'board';

/** Where a browser of each kind is used, the likeliest page first. */
export function pagesOf(kind: DeviceKind): readonly EnrolledPage[] {
  switch (kind) {
    case 'kiosk':
      return ['kiosk'];
    case 'caller':
      return ['caller'];
    case 'reception':
      return ['reception', 'admin'];
    case 'display':
      return ['display', 'board', 'sign'];
  }
}
