import type { World } from './world.ts';

export interface NetworkOptions {
  readonly drop: number;
  readonly duplicate: number;
  /** Share of messages that take seconds. */
  readonly slow: number;
}

/** A network between terminals and the server. `heal` ends its faults, so that a day can come to its end. */
export interface Network {
  /** A message of its own: it may be lost, doubled or overtaken. Delivered as its receiver would read it off the wire. */
  datagram(text: string, deliver: (text: string) => void): void;
  /** A connection, in order; a lost message is a hole in it. */
  stream(deliver: (text: string) => void): (text: string) => void;
  heal(): void;
}

export function createNetwork(world: World, options: NetworkOptions): Network {
  const { random } = world;
  let faults: NetworkOptions = options;
  const delayMs = (): number =>
    random.chance(faults.slow) ? random.between(500, 6_000) : random.between(1, 20);
  return {
    datagram: (text, deliver) => {
      const copies = random.chance(faults.drop) ? 0 : random.chance(faults.duplicate) ? 2 : 1;
      for (let i = 0; i < copies; i += 1) world.after(delayMs(), () => deliver(text));
    },
    stream: (deliver) => {
      let lastAt = 0;
      return (text) => {
        const isLost = random.chance(faults.drop);
        lastAt = Math.max(lastAt, world.now() + delayMs());
        if (!isLost) world.after(lastAt - world.now(), () => deliver(text));
      };
    },
    heal: () => {
      faults = { drop: 0, duplicate: 0, slow: 0 };
    },
  };
}
