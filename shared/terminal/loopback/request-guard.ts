import type { RefusalCode } from '#protocol/errors.ts';

export interface GuardedRequest {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly cookie: string | undefined;
  /** A socket must name its origin; a browser leaves it out where it navigates or loads a script. */
  readonly isSocket: boolean;
}

export interface GuardRules {
  readonly port: number;
  readonly cookieName: string;
  /** Whether a window's key is good; undefined where no key is asked for. */
  readonly isWindow: ((key: string | undefined) => boolean) | undefined;
}

/**
 * Why a request is refused, if it is. The host keeps out a name that somebody has pointed at 127.0.0.1 (DNS rebinding), the origin
 * keeps out the sockets of other pages in the same browser, the cookie other programs of this machine.
 */
export function checkRequest(request: GuardedRequest, rules: GuardRules): RefusalCode | undefined {
  const hosts = [`127.0.0.1:${rules.port}`, `localhost:${rules.port}`];
  const { host, origin } = request;
  if (host === undefined || !hosts.includes(host)) return 'origin-refused';
  if (origin === undefined ? request.isSocket : origin !== `http://${host}`) return 'origin-refused';
  if (rules.isWindow && !rules.isWindow(cookieOf(request.cookie, rules.cookieName)))
    return 'not-authenticated';
  return undefined;
}

/** Cookies of 127.0.0.1 are shared by all ports, so the name carries the port: two agents must not sign each other out. */
export function cookieNameOf(port: number): string {
  return `tinghao-window-${port}`;
}

function cookieOf(header: string | undefined, name: string): string | undefined {
  const prefix = `${name}=`;
  return header
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(prefix))
    ?.slice(prefix.length);
}
