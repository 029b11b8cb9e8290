interface Run {
  readonly letters: string;
  readonly digits: number;
  readonly first: number;
  last: number;
}

/**
 * 'A01', 'A02', 'A03', 'B7' → ['A01-A03', 'B7']. A service may be done at forty counters, and a visitor looks
 * for one sign, so a range says more than a list. Labels of another shape stand by themselves, at the end.
 */
export function counterRanges(labels: readonly string[]): string[] {
  const runs: Run[] = [];
  const others: string[] = [];
  for (const label of [...labels].sort(byLettersThenNumber)) {
    const parts = /^(\D*)(\d+)$/.exec(label);
    if (parts === null) others.push(label);
    else addToRuns(runs, parts[1] ?? '', parts[2] ?? '');
  }
  return [...runs.map(runToText), ...others];
}

function addToRuns(runs: Run[], letters: string, digits: string): void {
  const value = Number(digits);
  const run = runs.at(-1);
  if (run !== undefined && run.letters === letters && run.digits === digits.length && value <= run.last + 1) {
    run.last = value;
  } else {
    runs.push({ letters, digits: digits.length, first: value, last: value });
  }
}

function runToText({ letters, digits, first, last }: Run): string {
  const label = (value: number) => `${letters}${String(value).padStart(digits, '0')}`;
  if (first === last) return label(first);
  return last === first + 1 ? `${label(first)} ${label(last)}` : `${label(first)}-${label(last)}`;
}

// Not localeCompare: its order depends on the machine, and a slip must not.
function byLettersThenNumber(left: string, right: string): number {
  const [a, b] = [sortKey(left), sortKey(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

function sortKey(label: string): string {
  const parts = /^(\D*)(\d+)$/.exec(label);
  if (parts === null) return label;
  return `${parts[1]}\0${(parts[2] ?? '').length}\0${parts[2]}`;
}
