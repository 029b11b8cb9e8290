export type Encoding = 'utf-8' | 'gb18030';
export type Decoded =
  | { readonly ok: true; readonly text: string; readonly encoding: Encoding }
  | { readonly ok: false; readonly reason: 'utf-16' | 'unknown' };

/**
 * The text of a CSV file. UTF-8 with or without byte order mark; otherwise GB 18030, which is what Excel on a
 * Chinese Windows writes as plain "CSV". Text that is valid UTF-8 is never taken for GB 18030: the other way
 * round nearly every UTF-8 file would pass as GB 18030 and read as nonsense.
 */
export function decode(bytes: Uint8Array): Decoded {
  // Excel's "Unicode text". It is tab-separated as well, so accepting it would only move the error.
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { ok: false, reason: 'utf-16' };
  }
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    const text = decodeAs(encoding, bytes);
    // A zero byte is legal in both and in no CSV file: a workbook or another binary under the wrong name.
    if (text !== undefined && !text.includes('\0')) return { ok: true, text, encoding };
  }
  return { ok: false, reason: 'unknown' };
}

function decodeAs(encoding: Encoding, bytes: Uint8Array): string | undefined {
  try {
    // TextDecoder drops the byte order mark by itself.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
