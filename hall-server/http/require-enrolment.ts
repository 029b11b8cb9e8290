import type { PagesDeps } from './pages.ts';
import { pages } from './pages.ts';
import { deviceTokenOf } from './cookie.ts';

/** A browser that is no device yet is shown where to become one. The socket checks the token itself. */
export const requireEnrolment: PagesDeps['beforePage'] = async (name, request, reply) => {
  if (pages[name].open || deviceTokenOf(request.headers) !== undefined) return false;
  await reply.redirect(`/enrol/?next=${encodeURIComponent(request.url)}`);
  return true;
};
