import type { Text } from '#domain/catalogue/schema.ts';
import type { ScreenCatalogue } from '#screen/hall/hall-store.ts';

/** One thing to choose. `search` is everything that somebody may type to find it. */
export interface Option {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  readonly search: string;
}
export interface OptionGroup {
  readonly id: string;
  readonly title: string;
  readonly options: readonly Option[];
}

type TextOf = (text: Text) => string;

const bothOf = (text: Text | undefined): string => (text ? `${text.zh} ${text.en}` : '');

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Options that hold every word of the query, in any order; groups left empty go. */
export function filterGroups(groups: readonly OptionGroup[], query: string): readonly OptionGroup[] {
  const words = fold(query).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return groups;
  return groups
    .map((group) => ({
      ...group,
      options: group.options.filter((option) => {
        const text = fold(option.search);
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ options }) => options.length > 0);
}

function byZone(
  { catalogue }: ScreenCatalogue,
  textOf: TextOf,
  optionsOf: (zoneId: string, zoneText: string) => readonly Option[],
): readonly OptionGroup[] {
  return [...catalogue.zones]
    .sort((a, b) => a.sort - b.sort)
    .map((zone) => ({
      id: zone.id,
      title: `${textOf(zone.name)} · ${zone.floor}`,
      options: optionsOf(zone.id, bothOf(zone.name)),
    }))
    .filter(({ options }) => options.length > 0);
}

export function counterGroups(hall: ScreenCatalogue, textOf: TextOf): readonly OptionGroup[] {
  const { counters } = hall.catalogue;
  return byZone(hall, textOf, (zoneId, zoneText) =>
    counters
      .filter((counter) => counter.zoneId === zoneId)
      .map(({ id, label, unitId }) => {
        const unit = hall.unitsById.get(unitId)?.name;
        return {
          id,
          label,
          detail: unit ? textOf(unit) : '',
          search: `${label} ${zoneText} ${bothOf(unit)}`,
        };
      }),
  );
}

export function serviceGroups(hall: ScreenCatalogue, textOf: TextOf): readonly OptionGroup[] {
  const { services } = hall.catalogue;
  return byZone(hall, textOf, (zoneId, zoneText) =>
    services
      .filter((service) => service.zoneId === zoneId)
      .map(({ id, name, unitId }) => {
        const unit = hall.unitsById.get(unitId)?.name;
        return {
          id,
          label: textOf(name),
          detail: unit ? textOf(unit) : '',
          search: `${bothOf(name)} ${zoneText} ${bothOf(unit)}`,
        };
      }),
  );
}

/** The counters that can do a service, but for the one that asks: those of first duty first, then by label. */
export function countersFor(
  { catalogue }: ScreenCatalogue,
  serviceId: string,
  exceptId: string,
): readonly { readonly id: string; readonly label: string }[] {
  return catalogue.counters
    .flatMap(({ id, label, skills }) => {
      const skill = skills.find((candidate) => candidate.serviceId === serviceId);
      return skill && id !== exceptId ? [{ id, label, preference: skill.preference }] : [];
    })
    .sort((a, b) => a.preference - b.preference || a.label.localeCompare(b.label, 'en', { numeric: true }));
}
