import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { anchorSchema } from '#protocol/wire.ts';
import { verifyLog } from '../journal/sqlite/verify.ts';

// node hall-server/verify/main.ts <database> [anchors.json]
const [path, anchorsPath] = process.argv.slice(2);
if (path === undefined) {
  console.error('usage: npm run verify-journal -- <hall.sqlite> [anchors.json]');
  process.exit(2);
}
const anchors =
  anchorsPath === undefined ? [] : z.array(anchorSchema).parse(JSON.parse(readFileSync(anchorsPath, 'utf8')));
const db = new Database(path, { readonly: true, fileMustExist: true });
const { anchor, findings } = verifyLog(db, anchors);
db.close();
for (const { revision, problem } of findings) console.error(`revision ${revision}: ${problem}`);
console.log(
  `log ${anchor.logId}: ${anchor.revision} events, last hash ${anchor.hash}, ${findings.length} findings`,
);
process.exit(findings.length === 0 ? 0 : 1);
