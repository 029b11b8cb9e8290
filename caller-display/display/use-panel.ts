import { useWindowSize } from '@vueuse/core';
import { computed, type ComputedRef } from 'vue';
import { useHall } from '#screen/hall/hall-store.ts';
import { textEms } from '#screen/display/text-ems.ts';
import { displayLayout, type DisplayLayout } from './display-layout.ts';
import type { DisplayParameters } from '#screen/display/display-parameters.ts';

/** Until the catalogue is there: what most halls have. */
const USUAL_NUMBER = 'A000';
const USUAL_COUNTER = 'A00';

export interface PanelLayout extends DisplayLayout {
  /** Width of the longest counter label, so that all rows stand in line. */
  readonly counterWidthPx: number;
}

/** The layout for this window, these numbers and these counters; follows all three. */
export function usePanel({ zoneId, diagonalInches, distanceM }: DisplayParameters): ComputedRef<PanelLayout> {
  const hall = useHall();
  const { width, height } = useWindowSize();
  const longest = computed(() => {
    const catalogue = hall.catalogue?.catalogue;
    const isHere = (row: { readonly zoneId: string }): boolean =>
      zoneId === undefined || row.zoneId === zoneId;
    const seriesIds = new Set(catalogue?.services.filter(isHere).map(({ seriesId }) => seriesId));
    const series = catalogue?.series.filter(({ id }) => seriesIds.has(id)) ?? [];
    const numbers = series.map(({ prefix, digits }) => prefix + '0'.repeat(digits));
    const labels = catalogue?.counters.filter(isHere).map(({ label }) => label) ?? [];
    return { numberEms: widest(numbers, USUAL_NUMBER), counterEms: widest(labels, USUAL_COUNTER) };
  });
  return computed(() => {
    const { numberEms, counterEms } = longest.value;
    const size = { widthPx: width.value, heightPx: height.value };
    const layout = displayLayout({ ...size, diagonalInches, distanceM, numberEms, counterEms });
    return { ...layout, counterWidthPx: layout.counterPx * counterEms };
  });
}

function widest(texts: readonly string[], usual: string): number {
  return Math.max(...(texts.length > 0 ? texts : [usual]).map(textEms));
}
