import { cpus } from 'node:os';
import { broadcast } from './figures/broadcast.ts';
import { pace } from './figures/pace.ts';
import { restart } from './figures/restart.ts';
import { rules } from './figures/rules.ts';
import { throughput } from './figures/throughput.ts';
import { printRows, type Row } from './report.ts';

const figures: Readonly<Record<string, () => Promise<Row[]>>> = {
  rules,
  broadcast,
  throughput,
  pace,
  restart,
};

// npm run bench [-- rules broadcast …]
const wanted = process.argv.slice(2);
const names = wanted.length > 0 ? wanted : Object.keys(figures);
console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, Node ${process.version}; medians of one run`,
);
const rows: Row[] = [];
for (const name of names) {
  const figure = figures[name];
  if (!figure) throw new Error(`no figure ${name}: ${Object.keys(figures).join(', ')}`);
  const measured = await figure();
  printRows(measured);
  rows.push(...measured);
}
const missed = rows.filter(({ met }) => !met).length;
console.log(`${rows.length - missed} of ${rows.length} met`);
process.exit(missed === 0 ? 0 : 1);
