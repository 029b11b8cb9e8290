import type { Text } from '#domain/catalogue/schema.ts';

/**
 * How a cell is written. `read` turns it into what the schema expects; what it cannot read it leaves as text, and
 * the schema refuses that: so there is one place that says no.
 */
export interface CellKind {
  readonly expects: Text;
  readonly read: (cell: string) => unknown;
  /** For cells with several items: the items as written, so that a problem can quote the one at fault. */
  readonly items?: (cell: string) => readonly string[];
}

const expectsText = { zh: '文字，不超过 200 个字', en: 'a text of at most 300 characters' };

export const text: CellKind = { expects: expectsText, read: (cell) => cell };

/** Materials and the like, separated by ； or ; */
export const textList: CellKind = {
  expects: {
    zh: '用“；”隔开的若干项，两种语言项数相同',
    en: 'items separated by ";", as many in both languages',
  },
  read: listItems,
  items: listItems,
};

export const id: CellKind = {
  expects: {
    zh: '小写字母、数字和连字符，不超过 40 个字符',
    en: 'lower-case letters, digits and hyphens, at most 40',
  },
  read: plain,
};

export const prefix: CellKind = {
  expects: { zh: '一到两个大写字母', en: 'one or two capital letters' },
  read: plain,
};

export const label: CellKind = {
  expects: { zh: '不超过 8 个字符，如 A12', en: 'at most 8 characters, such as A12' },
  read: plain,
};

export function wholeNumber(least: number, most?: number): CellKind {
  const zh = most === undefined ? `≥ ${least}` : `${least}–${most}`;
  const en = most === undefined ? `from ${least}` : `${least} to ${most}`;
  return {
    expects: { zh: `整数，${zh}`, en: `a whole number, ${en}` },
    read: (cell) => toNumber(plain(cell)),
  };
}

export const anyWholeNumber: CellKind = {
  expects: { zh: '整数', en: 'a whole number' },
  read: (cell) => toNumber(plain(cell)),
};

export const positiveNumber: CellKind = {
  expects: { zh: '大于 0 的数', en: 'a number above 0' },
  read: (cell) => toNumber(plain(cell)),
};

const yesNoWords = new Map(
  Object.entries({ yes: true, no: false, true: true, false: false, 是: true, 否: false }),
);

export const yesNo: CellKind = {
  expects: { zh: 'yes 或 no（也可写 是、否）', en: 'yes or no' },
  read: (cell) => yesNoWords.get(plain(cell).toLowerCase()) ?? cell,
};

export const timeOfDay: CellKind = {
  expects: { zh: '时间，如 03:00', en: 'a time of day such as 03:00' },
  read: (cell) => toTimeOfDay(plain(cell)),
};

export const spans: CellKind = {
  expects: {
    zh: '时段，如 08:30-12:00 13:30-17:30，最多 4 段',
    en: 'spans such as 08:30-12:00 13:30-17:30, at most 4',
  },
  read: (cell) => words(cell).map(toSpan),
  items: words,
};

export const quotas: CellKind = {
  expects: {
    zh: '限号，如 80（全天）或 40@08:30-12:00（时段），最多 8 项',
    en: 'limits such as 80 (all day) or 40@08:30-12:00 (a span), at most 8',
  },
  read: (cell) => words(cell).map(toQuota),
  items: words,
};

export const skills: CellKind = {
  expects: {
    zh: '业务编号:优先级（1–9），用空格隔开，1–64 项',
    en: 'service:preference (1 to 9), separated by spaces, 1 to 64 of them',
  },
  read: (cell) => words(cell).map(toSkill),
  items: words,
};

const durationUnitsMs = new Map(Object.entries({ s: 1_000, min: 60_000, h: 3_600_000 }));

export const duration: CellKind = {
  expects: { zh: '时长，如 60s、3min、1h', en: 'a duration such as 60s, 3min or 1h' },
  read: (cell) => {
    const [, count, unit] = /^(\d{1,6}) ?(s|min|h)$/.exec(plain(cell)) ?? [];
    const unitMs = durationUnitsMs.get(unit ?? '');
    return unitMs === undefined ? cell : Number(count) * unitMs;
  },
};

export const returnBehind: CellKind = {
  expects: { zh: '≥ 0 的整数，或 end（队尾）', en: 'a whole number from 0, or end' },
  read: (cell) => (plain(cell) === 'end' ? 'end' : toNumber(plain(cell))),
};

/** Cells with a syntax: a full-width colon, digit or space from a Chinese keyboard is as good as the plain one. */
function plain(cell: string): string {
  return cell.normalize('NFKC').trim();
}

function words(cell: string): readonly string[] {
  return plain(cell)
    .split(/\s+/)
    .filter((word) => word !== '');
}

function listItems(cell: string): readonly string[] {
  return cell.trim() === '' ? [] : cell.split(/[;；]/).map((item) => item.trim());
}

function toNumber(word: string): number | string {
  return /^-?\d{1,9}(\.\d{1,6})?$/.test(word) ? Number(word) : word;
}

/** Excel drops the leading zero of a time when it saves: '8:30' is '08:30', '8:30:00' too. */
function toTimeOfDay(word: string): string {
  return word.replace(/^(\d{1,2}:\d{2}):00$/, '$1').replace(/^(\d:\d{2})$/, '0$1');
}

function toSpan(word: string): unknown {
  const [from, to, ...rest] = word.split(/[-–—~]/);
  if (from === undefined || to === undefined || rest.length > 0) return word;
  return { from: toTimeOfDay(from), to: toTimeOfDay(to) };
}

function toQuota(word: string): unknown {
  const [limit = '', span, ...rest] = word.split('@');
  if (rest.length > 0) return word;
  return span === undefined ? { limit: toNumber(limit) } : { limit: toNumber(limit), span: toSpan(span) };
}

function toSkill(word: string): unknown {
  const [serviceId, preference, ...rest] = word.split(':');
  if (preference === undefined || rest.length > 0) return word;
  return { serviceId, preference: toNumber(preference) };
}
