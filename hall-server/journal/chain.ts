import { createHash, hash } from 'node:crypto';

/** Hash before the first row. */
export const CHAIN_START = '';

/** Each row carries the hash of the row before: SHA-256 over that hash and the row's own text, hex. */
export function chainHash(previous: string, row: string): string {
  return hash('sha256', previous + row, 'hex');
}

/** SHA-256 of a text, hex: of a payload, a token, a code. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
