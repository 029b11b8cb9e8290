import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { idSchema } from '#domain/commands/schemas.ts';
import { clerkRoles, type ClerkRole } from '#protocol/queries.ts';

const claimsSchema = z.strictObject({
  clerkId: idSchema,
  roles: z.array(z.enum(clerkRoles)),
  expiresAt: z.int(),
});
export type Claims = z.infer<typeof claimsSchema>;

export interface Sessions {
  issue(clerkId: string, roles: readonly ClerkRole[], expiresAt: number): string;
  /** The claims of a token that this hall signed, expired or not; undefined for anything else. */
  read(token: string): Claims | undefined;
  /** SPKI, PEM: agents check tokens with it while the hall is away. */
  readonly publicKey: string;
}

/** An Ed25519 check takes 60–100 µs, more than the rest of a command; a token is checked once and remembered. */
const REMEMBERED = 2_000;

/** Session tokens: base64url(claims).base64url(signature), signed by the hall's own key. */
export function createSessions(db: Database): Sessions {
  const privateKey = createPrivateKey(storedKey(db));
  const publicKey = createPublicKey(privateKey);
  const checked = new Map<string, Claims>();

  const check = (token: string): Claims | undefined => {
    const [body, signature, ...rest] = token.split('.');
    if (body === undefined || signature === undefined || rest.length > 0) return undefined;
    if (!verify(null, Buffer.from(body), publicKey, Buffer.from(signature, 'base64url'))) return undefined;
    return claimsSchema.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
  };

  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    issue: (clerkId, roles, expiresAt) => {
      const body = Buffer.from(JSON.stringify({ clerkId, roles, expiresAt })).toString('base64url');
      return `${body}.${sign(null, Buffer.from(body), privateKey).toString('base64url')}`;
    },
    read: (token) => {
      const known = checked.get(token);
      if (known) return known;
      const claims = check(token);
      if (!claims) return undefined;
      if (checked.size >= REMEMBERED) checked.clear();
      checked.set(token, claims);
      return claims;
    },
  };
}

function storedKey(db: Database): string {
  const stored = db.prepare<[], string>('SELECT private_key FROM signing_key').pluck().get();
  if (stored !== undefined) return stored;
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  db.prepare('INSERT INTO signing_key (id, private_key) VALUES (1, ?)').run(pem);
  return pem;
}
