/**
 * Where to go on after enrolment: a path of this origin, or undefined for anything else. An address from a link must not be able
 * to send a freshly trusted browser to another machine.
 */
export function safeNext(next: string | null, origin: string): string | undefined {
  if (next === null || !next.startsWith('/')) return undefined;
  let url;
  try {
    // '//host', '/\host' and '/<tab>/host' are addresses of another machine to a browser: its own parser decides.
    url = new URL(next, origin);
  } catch {
    return undefined;
  }
  if (url.origin !== origin || url.pathname.startsWith('/enrol')) return undefined;
  return `${url.pathname}${url.search}${url.hash}`;
}
