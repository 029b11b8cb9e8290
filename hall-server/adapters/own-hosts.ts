import { hostname, networkInterfaces } from 'node:os';

/** Names and addresses that this machine goes by on its LAN. */
export function ownHosts(): readonly string[] {
  const addresses = Object.values(networkInterfaces()).flatMap(
    (list) => list?.map(({ address }) => address) ?? [],
  );
  return ['localhost', hostname(), ...addresses];
}

/** The first address on the LAN, for links that phones and other machines open; loopback when there is none. */
export function lanAddress(): string {
  const addresses = Object.values(networkInterfaces()).flat();
  return addresses.find((entry) => entry?.family === 'IPv4' && !entry.internal)?.address ?? '127.0.0.1';
}
