const PLACES = 8;
const HALF = 4;

/** What has been typed, as the code is printed: 'ab3d-9' → 'AB3D-9'. Everything but letters and digits falls away. */
export function asCode(typed: string): string {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
    .slice(0, PLACES);
  return plain.length > HALF ? `${plain.slice(0, HALF)}-${plain.slice(HALF)}` : plain;
}

export const isWholeCode = (code: string): boolean => code.length === PLACES + 1;
