import { computed, ref } from 'vue';
import type { ComputedRef } from 'vue';
import { fetchPublicUrl } from './adapters/fetch-public-url.ts';

/** Base of visitors' addresses. It holds for every visitor, so it is asked for once and then kept; a failure is asked again. */
const publicUrl = ref<string>();

/** The address of a visit, for its QR code; undefined while nobody has said where visitors reach the hall. */
export function useVisitUrl(visitKey: () => string): ComputedRef<string | undefined> {
  if (publicUrl.value === undefined) {
    void fetchPublicUrl().then((url) => {
      publicUrl.value = url;
    });
  }
  return computed(() =>
    publicUrl.value === undefined ? undefined : new URL(`/v/${visitKey()}`, publicUrl.value).href,
  );
}
