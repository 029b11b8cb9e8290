import { useHall } from '#screen/hall/hall-store.ts';
import { useLanguage } from '#screen/i18n.ts';
import { wholeMinutes } from '../desk/durations.ts';

/** Names of the catalogue in the page's language; an id that the catalogue no longer has stands for itself. */
export function useNames() {
  const hall = useHall();
  const { t, textOf } = useLanguage();
  return {
    service: (id: string): string => {
      const service = hall.catalogue?.servicesById.get(id);
      return service ? textOf(service.name) : id;
    },
    priorityClass: (id: string): string => {
      const priorityClass = hall.catalogue?.classesById.get(id);
      return priorityClass ? textOf(priorityClass.name) : id;
    },
    counter: (id: string): string => hall.catalogue?.countersById.get(id)?.label ?? id,
    minutes: (durationMs: number): string => {
      const count = wholeMinutes(durationMs);
      return count < 1 ? t('common.measure.lessThanMinute') : t('common.measure.minutes', { count });
    },
  };
}
