import type { Hall } from '#domain/hall/state.ts';

/**
 * Everything that a hall knows, as a text: two halls are the same if and only if their texts are. Maps are written in the order of
 * their keys, because a fold may come by the same entries in another order than a hall that was kept; undefined is written out.
 */
export function dumpHall(hall: Hall): string {
  const { catalogueOf: _source, catalogue, ...rest } = hall;
  return JSON.stringify({ ...rest, catalogue: catalogue?.version }, (_key, value: unknown) => {
    if (value === undefined) return '∅';
    if (value instanceof Map) return [...value].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    return value;
  });
}
