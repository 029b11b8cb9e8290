import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request came to this hall under a name that it goes by, and from one of its own pages. A page of another site that
 * reaches the hall through the visitor's browser (a rebound name, a foreign form) fails one of the two.
 */
export function isOwnOrigin(
  { host, origin }: IncomingHttpHeaders,
  allowedHosts: ReadonlySet<string>,
): boolean {
  const name = hostName(host);
  if (name === undefined || !allowedHosts.has(name)) return false;
  if (origin === undefined) return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}

function hostName(host: string | undefined): string | undefined {
  try {
    return host === undefined ? undefined : new URL(`http://${host}`).hostname.replaceAll(/^\[|\]$/g, '');
  } catch {
    return undefined;
  }
}
