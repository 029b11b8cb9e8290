import type { IncomingHttpHeaders } from 'node:http';

const DEVICE_COOKIE = 'tinghao_device';
const YEAR_SECONDS = 365 * 24 * 3600;

/** A browser that is a device holds its token where no script can read it and no other site can send it. */
export function deviceCookie(token: string): string {
  return `${DEVICE_COOKIE}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${YEAR_SECONDS}`;
}

/** The device token of a request: from its header, or from the cookie. */
export function deviceTokenOf(headers: IncomingHttpHeaders): string | undefined {
  const header = headers['x-device-token'];
  if (typeof header === 'string') return header;
  const pairs = headers.cookie?.split(';').map((pair) => pair.trim()) ?? [];
  return pairs.find((pair) => pair.startsWith(`${DEVICE_COOKIE}=`))?.slice(DEVICE_COOKIE.length + 1);
}
