import type { Database } from 'better-sqlite3';
import type { Anchor } from '#protocol/wire.ts';
import { CHAIN_START, chainHash } from '../chain.ts';

export interface Finding {
  readonly revision: number;
  readonly problem: 'gap' | 'hash' | 'columns' | 'anchor-missing' | 'anchor-differs';
}

export interface Verdict {
  readonly anchor: Anchor;
  readonly findings: readonly Finding[];
}

interface Row {
  readonly revision: number;
  readonly business_date: string;
  readonly type: string;
  readonly at: number;
  readonly row: string;
  readonly hash: string;
}

/**
 * Recomputes the chain over the whole log: edits, deletions and reorderings show as findings. A cut tail shows only against
 * anchors that somebody else has kept (terminals, the second copy).
 */
export function verifyLog(db: Database, anchors: readonly Anchor[] = []): Verdict {
  const findings: Finding[] = [];
  const logId = String(db.prepare("SELECT value FROM meta WHERE key = 'logId'").pluck().get());
  const hashes = new Map(anchors.map(({ revision }) => [revision, '']));
  let revision = 0;
  let hash = CHAIN_START;
  for (const row of db.prepare<[], Row>('SELECT * FROM event ORDER BY revision').iterate()) {
    if (row.revision !== revision + 1) findings.push({ revision: row.revision, problem: 'gap' });
    if (chainHash(hash, row.row) !== row.hash) findings.push({ revision: row.revision, problem: 'hash' });
    if (!columnsAgree(row)) findings.push({ revision: row.revision, problem: 'columns' });
    revision = row.revision;
    hash = row.hash;
    if (hashes.has(revision)) hashes.set(revision, hash);
  }
  for (const anchor of anchors) {
    if (anchor.logId !== logId || anchor.revision > revision) {
      findings.push({ revision: anchor.revision, problem: 'anchor-missing' });
    } else if (anchor.revision > 0 && hashes.get(anchor.revision) !== anchor.hash) {
      findings.push({ revision: anchor.revision, problem: 'anchor-differs' });
    }
  }
  return { anchor: { logId, revision, hash }, findings };
}

/** The columns repeat what the row says, for queries; the row is what the chain protects. */
function columnsAgree({ revision, business_date, type, at, row }: Row): boolean {
  try {
    const event = JSON.parse(row) as Record<string, unknown>;
    return (
      event['revision'] === revision &&
      event['date'] === business_date &&
      event['type'] === type &&
      event['at'] === at
    );
  } catch {
    return false;
  }
}
