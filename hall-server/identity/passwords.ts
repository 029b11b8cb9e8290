import { scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/** 32 MiB and about 60 ms a try on the reference machine: dear for a guesser, unnoticed at a sign-in. */
const COST: ScryptOptions = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const KEY_BYTES = 32;

/** 'scrypt$<salt>$<key>', base64url: what is stored instead of a password. */
export async function makeVerifier(password: string, salt: string): Promise<string> {
  return `scrypt$${salt}$${(await derive(password, salt)).toString('base64url')}`;
}

export async function passwordMatches(password: string, verifier: string): Promise<boolean> {
  const [kind, salt, key] = verifier.split('$');
  if (kind !== 'scrypt' || salt === undefined || key === undefined) return false;
  const expected = Buffer.from(key, 'base64url');
  const actual = await derive(password, salt);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function derive(password: string, salt: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, COST, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
