import { io, type Socket } from 'socket.io-client';
import { PROTOCOL_VERSION } from '#protocol/wire.ts';

/**
 * The socket to whoever serves this page. Websocket only; the library's send buffer stays unused, because only the sender of a
 * command knows whether it may be sent again.
 */
export function openSocket(): Socket {
  return io({
    transports: ['websocket'],
    auth: { protocol: PROTOCOL_VERSION },
    reconnectionDelay: 300,
    // Half as much again by chance at most: every screen is back within 3 s of the server.
    reconnectionDelayMax: 1_800,
    randomizationFactor: 0.5,
  });
}

/**
 * The time and 144 random bits: unguessable, and sorted by time, so that the hall-server writes new ids side by side
 * instead of one page of the disk for each. `randomUUID` is missing on a page that came over plain HTTP from the LAN.
 */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  const random = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
  return Date.now().toString(36).padStart(9, '0') + random;
}

export async function fetchJson(path: string): Promise<unknown> {
  const response = await fetch(path, { headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}

/** The machine's own clock, epoch ms. */
export function machineNow(): number {
  return Date.now();
}
